import { usageError } from "@sukima/core";
import { checkStreamName } from "../service/stream-name.ts";
import type { TailOptions } from "./options.ts";

/** The streams that `-stream` names. Throws usage errors for what contradicts itself, before anything is asked of AWS. */
export function streamsOf(options: TailOptions): readonly string[] {
  const streams = (options.stream ?? "").split(",").filter((name) => name !== "");
  if (streams.length === 0) throw usageError("NO_STREAM", "-stream is required", "name it: kinesis-tailf -stream docker-logs");
  streams.forEach(checkStreamName);
  const refuse = (problem: string, hint?: string): never => {
    throw usageError("CONTRADICTION", problem, hint);
  };
  if (new Set(streams).size < streams.length) refuse("-stream names a stream twice");
  const isDump = streams.some((name) => name.startsWith("file://"));
  if (isDump && streams.length > 1) refuse("a dump is read alone, without other streams");
  if (options.from === "checkpoint" && options.checkpoint === undefined) refuse("-from checkpoint needs -checkpoint FILE");
  if (options.checkpoint !== undefined && (isDump || streams.length > 1)) refuse("-checkpoint keeps the position of one stream");
  if (typeof options.from === "object" && streams.length > 1) refuse("-from seq names a shard of one stream");
  if (options.consumer !== undefined && !options.efu) refuse("-consumer is for -efu");
  if (options.efu && isDump) refuse("a dump is read without -efu");
  if (options.consumer !== undefined && streams.length > 1) refuse("-consumer names a consumer of one stream");
  if (options.template !== undefined && options.o !== "template") refuse("-template is for -o template");
  if (options["order-window"] !== undefined && options.order !== "time") refuse("-order-window is for -order time");
  if (options.order === "time" && /\{(shard|stream)\}/.test(options.out ?? ""))
    refuse("-order time merges shards, and {shard} in -out parts them");
  return streams;
}
