import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { Context } from "@sukima/core";
import { tryFanOut } from "./fan-out-permissions.ts";
import { likelyArn, permissionsText } from "./permissions-text.ts";
import { tryReading } from "./read-permissions.ts";
import { type StreamName, titleOf } from "../service/stream-name.ts";

/** What `-check` is to look at. */
export interface Checked {
  /** Also what enhanced fan-out needs. */
  readonly efu: boolean;
  /** Name or ARN of the consumer that `-efu` is to use. */
  readonly consumer: string | undefined;
}

/**
 * `-check`: print whether the calls that the tail makes are allowed, and the IAM statement that is missing. Reads no records.
 * Gives 1 when a permission is missing, otherwise 0. Throws `ToolError` where nothing can be told: no such stream, no credentials, no network.
 */
export async function check(client: KinesisClient, stream: StreamName, { efu, consumer }: Checked, ctx: Context): Promise<0 | 1> {
  const target = titleOf(stream);
  const { clock, signal } = ctx;
  const trying = { target, clock, signal };
  const reading = await tryReading(client, stream, trying);
  const permissions = [...reading.permissions, ...(efu ? await tryFanOut(client, consumer, reading, trying) : [])];
  const arn = reading.arn ?? likelyArn(target, await client.config.region());
  ctx.out.write(permissionsText(permissions, arn));
  return permissions.some(({ verdict }) => verdict === "missing") ? 1 : 0;
}
