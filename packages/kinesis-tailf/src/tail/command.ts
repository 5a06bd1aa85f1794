import { defineCommand, ReaderGone } from "@sukima/core";
import { byteWriter } from "../print/byte-writer.ts";
import { options } from "./options.ts";
import { watchReader } from "../print/reader-watch.ts";
import { runTail } from "./run.ts";

/** kinesis-tailf: follow a stream, or extract a part of its past. */
export const kinesisTailf = defineCommand({
  name: "kinesis-tailf",
  summary: "tail and extract Kinesis Data Streams, aggregated records unpacked, whatever the stream does meanwhile",
  operands: "[KEY | - ...]",
  envPrefix: "KINESIS_TAILF_",
  options,
  examples: [
    { run: "kinesis-tailf -stream docker-logs -lf", does: "what arrives from now on, a line each" },
    { run: "kinesis-tailf -stream docker-logs -start 10:00 -end 10:05", does: "five minutes of the past, then exit" },
    { run: "kinesis-tailf -stream docker-logs -from horizon -n 10 -lf", does: "the ten oldest records" },
    { run: "kinesis-tailf -stream docker-logs -shard-key user-42", does: "only the shard that this key maps to, across reshards" },
  ],
  exitCodes: [
    ["0", "range complete, -n reached, time over, or the tip reached with -follow=false"],
    ["1", "the stream cannot be used: it is not there, or a permission, a key or the network is missing"],
    ["2", "not started: bad flag, bad time, no -stream"],
    ["10", "a shard could not be read to its end; it is named on stderr"],
    ["130, 143", "interrupted (INT, TERM)"],
    ["141", "the reader of the output went away"],
    ["70", "a bug of ours"],
  ],
  async run(values, operands, ctx) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const gone = new AbortController();
    const end = watchReader(1, ctx.clock, () => gone.abort(new ReaderGone()));
    const signal = AbortSignal.any([ctx.signal, gone.signal]);
    try {
      return await runTail(values, operands, { stdout: byteWriter(1, ctx.clock), stdin: () => process.stdin, zone }, { ...ctx, signal });
    } finally {
      end();
    }
  },
});
