import { fileURLToPath } from "node:url";
import { type Context, createLog, type Log } from "@sukima/core";
import type { OpenStdin } from "../cat/input/read-inputs.ts";
import { createMerge, type Merge } from "../order/merge.ts";
import { tool } from "../tool.ts";
import { answerQuestion, questionOf } from "./ask.ts";
import type { ByteWriter } from "../print/byte-writer.ts";
import { streamsOf } from "./check-options.ts";
import { countdown } from "./countdown.ts";
import type { TailOptions } from "./options.ts";
import { outFiles, type WhenThere } from "../print/out-files.ts";
import { createOutput, type Output } from "../print/output.ts";
import { createPipeline } from "../print/pipeline.ts";
import { replay } from "./replay.ts";
import { checkFailures, reportStatistics } from "./report.ts";
import { readStream, type Surroundings } from "./session.ts";
import { Statistics } from "./statistics.ts";
import { StreamFacts } from "./stream-facts.ts";
import { wantedOf } from "./wanted.ts";

/** The run has what it was asked for: `-n` records, or its time is over. */
class Enough extends Error {}

/** What of the process the run needs besides the context. */
export interface TailProcess {
  readonly stdout: ByteWriter;
  readonly stdin: OpenStdin;
  /** IANA name of the machine's zone. */
  readonly zone: string;
}

/**
 * options -> streams -> the loop -> stdout. Gives 0 when the range, `-n` or a time is complete.
 * Throws `ToolError` INCOMPLETE, exit 10, when a shard could not be read to its end.
 */
export async function runTail(options: TailOptions, operands: readonly string[], process: TailProcess, ctx: Context): Promise<number> {
  const question = questionOf(options, operands);
  const streams = streamsOf(options);
  const log = createLog(ctx.err, ctx.clock, {
    tool: tool.name,
    level: options["log-level"] ?? (options.verbose ? "info" : "warn"),
    format: options["log-format"] ?? "text",
  });
  // Read again by the service's clock once it is known; what is no time is no time by any clock.
  wantedOf(options, ctx.clock.now().getTime(), process.zone);
  if (question !== undefined) return answerQuestion(question, streams, options, operands, { stdin: process.stdin, log }, ctx);

  const facts = new StreamFacts();
  const zone = options.tz ?? process.zone;
  const rules = { depth: options["kpl-depth"] ?? 1, shardHash: options["kcl-compat"] ? facts.hashOf : undefined };
  const pipeline = createPipeline(
    options,
    { isTerminal: ctx.out.isTerminal, zone, env: ctx.env, warn: log.warn },
    rules,
    facts.printedUpTo,
  );
  const files = options.out === undefined ? undefined : outFiles(options.out, whenThere(options), ctx.clock);
  const enough = new AbortController();
  const stop = (): void => enough.abort(new Enough());
  const total = countdown(ctx.clock, options.timeout, stop);
  const idle = countdown(ctx.clock, options["idle-timeout"], stop);
  const stats = new Statistics(ctx.clock);
  const report = reportStatistics(stats, pipeline.counts, options, ctx, log);
  const printed = (records: number): void => {
    stats.printed += records;
    idle.restart();
  };
  const hint = ctx.out.isTerminal && options.o === "raw" && files === undefined ? log : undefined;
  const output = createOutput(pipeline, files?.writerFor ?? (() => process.stdout), { printed, full: stop }, hint);
  const inner = { ...ctx, signal: AbortSignal.any([ctx.signal, enough.signal]) };
  try {
    const dump = streams.find((name) => name.startsWith("file://"));
    if (dump === undefined) await followAll(streams, options, { output, stats, log, facts, localZone: process.zone }, inner);
    else await replay(fileURLToPath(dump), output, inner);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  } finally {
    total.end();
    idle.end();
    files?.close();
    report();
  }
  return 0;
}

/** A file that is there is not touched, unless it is gone on with or the user says so. */
const whenThere = ({ from, force }: TailOptions): WhenThere => (from === "checkpoint" ? "append" : force ? "replace" : "refuse");

interface Everything extends Omit<Surroundings, "merge"> {
  readonly output: Output;
}

/** Read all streams at once; what ends one ends the others, and each leaves in order. */
async function followAll(streams: readonly string[], options: TailOptions, everything: Everything, ctx: Context): Promise<void> {
  const { output, stats, log } = everything;
  const failing = new AbortController();
  const signal = AbortSignal.any([ctx.signal, failing.signal]);
  const merge = options.order === "time" ? mergeOf(options, output, log, ctx) : undefined;
  // Nobody waits for the records of other shards any more: what is held back goes out.
  const flush = (): void => void merge?.flush().catch(() => {});
  signal.addEventListener("abort", flush, { once: true });
  const share = { ...options, memory: options.memory / streams.length };
  const sessions = streams.map(async (stream) => {
    try {
      return await readStream(stream, share, { ...everything, merge }, { ...ctx, signal });
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  });
  const settled = await Promise.allSettled(sessions);
  signal.removeEventListener("abort", flush);
  if (signal.aborted) throw signal.reason;
  checkFailures(
    settled.flatMap((session) => (session.status === "fulfilled" ? session.value : [])),
    stats.shards,
  );
}

/** Following, a shard that is behind holds the others up for so long. */
const windowMs = 2000;

const mergeOf = (options: TailOptions, { items }: Output, log: Log, { clock }: Context): Merge =>
  createMerge(
    {
      windowMs: options["order-window"] ?? (options.end === undefined && options.follow ? windowMs : undefined),
      print: items,
      stalled: ({ stream, shard }) => log.warn("a shard is behind, and is waited for no longer; its records come late", { stream, shard }),
    },
    clock,
  );
