import {
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import { isToolError } from "@sukima/core";
import { distributionOf } from "./record-distribution.ts";
import type { StreamIdentity } from "../checkpoint/checkpoint.ts";
import { translate } from "./translate.ts";
import { type StreamName, titleOf } from "./stream-name.ts";

/** What the tail has to know of a stream as a whole. */
export interface StreamTraits extends StreamIdentity {
  /** How long records are kept, in milliseconds. */
  readonly retentionMs: number;
  /** It cannot be read yet. */
  readonly isBeingCreated: boolean;
  /** The service picks the shard of a record, whatever its key. */
  readonly ignoresKeys: boolean;
}

/**
 * The stream's traits; undefined where the caller may not ask. `onMissing` hears of an action that DescribeStream stands in for.
 * One attempt: rejects with `Trouble`, or with `ToolError` for what nobody can mend.
 */
export async function describeStream(
  client: KinesisClient,
  stream: StreamName,
  onMissing: (action: string) => void,
  abortSignal: AbortSignal,
): Promise<StreamTraits | undefined> {
  const target = titleOf(stream);
  const ask = async (operation: string, call: () => Promise<Partial<StreamDescriptionSummary> | undefined>) => {
    try {
      return await call();
    } catch (error) {
      const translated = translate(operation, target, error);
      if (isToolError(translated) && translated.code === "ACCESS_DENIED") return undefined;
      throw translated;
    }
  };
  const summary = await ask("kinesis:DescribeStreamSummary", async () => {
    const { StreamDescriptionSummary: found } = await client.send(new DescribeStreamSummaryCommand(stream), { abortSignal });
    return found;
  });
  if (summary !== undefined) return traitsOf(summary);
  const description = await ask("kinesis:DescribeStream", async () => {
    const { StreamDescription: found } = await client.send(new DescribeStreamCommand({ ...stream, Limit: 1 }), { abortSignal });
    return found;
  });
  if (description === undefined) return undefined;
  onMissing("kinesis:DescribeStreamSummary");
  return traitsOf(description);
}

const hourMs = 3_600_000;

function traitsOf(settings: Partial<StreamDescriptionSummary>): StreamTraits {
  return {
    streamArn: settings.StreamARN ?? "",
    createdMs: settings.StreamCreationTimestamp?.getTime() ?? 0,
    retentionMs: (settings.RetentionPeriodHours ?? 24) * hourMs,
    isBeingCreated: settings.StreamStatus === "CREATING",
    ignoresKeys: distributionOf(settings) === "AUTO",
  };
}
