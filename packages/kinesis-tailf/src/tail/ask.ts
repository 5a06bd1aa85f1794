import { type Context, type Log, usageError } from "@sukima/core";
import type { OpenStdin } from "../cat/input/read-inputs.ts";
import type { TailOptions } from "./options.ts";
import { createClient } from "../service/client.ts";
import { streamName } from "../service/stream-name.ts";

/** The modes that answer a question about the stream and read no record. */
const modes = ["info", "check", "shard-map"] as const;

/** Which question is asked, if any. Throws a usage error for two at once, and for operands without a question that takes them. */
export function questionOf(options: TailOptions, operands: readonly string[]): (typeof modes)[number] | undefined {
  const [mode, other] = modes.filter((one) => options[one]);
  if (other !== undefined) throw usageError("CONTRADICTION", `-${mode} and -${other} are two questions`);
  if (mode !== "shard-map" && operands.length > 0) throw usageError("UNEXPECTED_OPERAND", `unexpected ${JSON.stringify(operands[0])}`);
  return mode;
}

/** Answer it. Gives the exit code. */
export async function answerQuestion(
  mode: (typeof modes)[number],
  streams: readonly string[],
  options: TailOptions,
  operands: readonly string[],
  { stdin, log }: { readonly stdin: OpenStdin; readonly log: Log },
  ctx: Context,
): Promise<number> {
  const [stream = "", ...others] = streams;
  if (others.length > 0 || stream.startsWith("file://")) throw usageError("CONTRADICTION", `-${mode} is about one stream`);
  // Each is loaded when it is asked for; a tail needs none of them.
  if (mode === "shard-map") {
    const { readKeys } = await import("../ask/keys.ts");
    const { shardMap } = await import("../ask/shard-map.ts");
    const keys = readKeys(operands, stdin);
    const client = createClient(options, ctx);
    await shardMap(client, streamName(stream), keys, { isJson: options.o === "json", log }, ctx).finally(() => client.destroy());
    return 0;
  }
  const client = createClient(options, ctx);
  try {
    if (mode === "check") {
      const { check } = await import("../ask/check.ts");
      return await check(client, streamName(stream), { efu: options.efu, consumer: options.consumer }, ctx);
    }
    const { info } = await import("../ask/info.ts");
    await info(client, streamName(stream), { isJson: options.o === "json" }, ctx);
    return 0;
  } finally {
    client.destroy();
  }
}
