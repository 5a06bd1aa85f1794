import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { Context } from "@sukima/core";
import { infoJson } from "./info-json.ts";
import { infoText } from "./info-text.ts";
import { gatherFacts } from "./stream-facts.ts";
import type { StreamName } from "../service/stream-name.ts";

/**
 * `-info`: print what there is to know of a stream, for people or as one line of JSON. What the caller may not ask for is named there.
 * Throws `ToolError` when there is no such stream, and when every question was refused.
 */
export async function info(client: KinesisClient, stream: StreamName, how: { readonly isJson: boolean }, ctx: Context): Promise<void> {
  const facts = await gatherFacts(client, stream, ctx.signal);
  ctx.out.write(how.isJson ? infoJson(facts) : infoText(facts));
}
