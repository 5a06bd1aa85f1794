import { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, isToolError } from "@sukima/core";
import { awsConfig } from "@sukima/core/aws-config";
import { type TestContext, testContext } from "@sukima/core/testing";
import type { Rehearsal } from "@sukima/rehearsal";

export interface Asked {
  /** What the question gave, or the error that ended it, as `CODE (exit): sentence`. */
  readonly ended: unknown;
  readonly out: string;
  readonly err: string;
}

/** Ask a question in this process against a rehearsal. What it sleeps passes in the world too. */
export async function ask(
  aws: Pick<Rehearsal, "url" | "env" | "clock">,
  question: (client: KinesisClient, ctx: TestContext) => Promise<unknown>,
  more: Partial<Context> & { readonly terminal?: boolean } = {},
): Promise<Asked> {
  const base = testContext(aws.env, more);
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    await base.clock.sleep(ms, signal);
    aws.clock.advance(ms);
  };
  const ctx: TestContext = { ...base, clock: { ...base.clock, sleep } };
  const credentials = { accessKeyId: "AKID", secretAccessKey: "s" };
  const config = awsConfig({ env: aws.env }, { name: "test", version: "0" });
  const client = new KinesisClient({ ...config, endpoint: aws.url, region: "ap-northeast-1", credentials, maxAttempts: 1 });
  try {
    const ended = await question(client, ctx).catch((error: unknown) => {
      if (!isToolError(error)) throw error;
      return `${error.code} (${error.exit}): ${error.message}; ${error.hint}`;
    });
    return { ended, out: ctx.out.text, err: ctx.err.text };
  } finally {
    client.destroy();
  }
}

/** The names of the Kinesis calls that were made, each once. */
export const operationsOf = (aws: Pick<Rehearsal, "journal">): string[] =>
  [...new Set(aws.journal.map(({ operation }) => operation))].sort();
