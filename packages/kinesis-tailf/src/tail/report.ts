import { type Context, type Log, ToolError } from "@sukima/core";
import type { FailedShard } from "../loop/loop.ts";
import type { TailOptions } from "./options.ts";
import { type Statistics, summaryLine } from "./statistics.ts";

/** Exit code of a run of which some shard could not be read to its end. */
const incomplete = 10;

const everyMs = 10_000;

/** Says what was read, as `-stats` and `-quiet` want it. Gives the function that says it for the last time. */
export function reportStatistics(
  stats: Statistics,
  counts: Readonly<Record<string, number>>,
  options: Pick<TailOptions, "stats" | "quiet">,
  { err, clock }: Context,
  log: Log,
): () => void {
  if (options.stats === "json" && !options.quiet) {
    const print = (): void => err.write(`${JSON.stringify(stats.snapshot(counts))}\n`);
    let cancel = (): void => {};
    const later = (): void => {
      cancel = clock.after(everyMs, () => {
        print();
        later();
      });
    };
    later();
    return () => {
      cancel();
      print();
    };
  }
  const isWanted = !options.quiet && (options.stats === "text" || err.isTerminal);
  return () => {
    // A run that has not come to its stream says why, and there is nothing to sum up.
    if (isWanted && stats.shards > 0) err.write(`kinesis-tailf: ${summaryLine(stats.snapshot(counts))}\n`);
    else log.info("read", stats.snapshot(counts));
  };
}

const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof ToolError && other instanceof ToolError && one.code === other.code && one.message === other.message;

/**
 * Throws for shards that could not be read to their end: the one cause that explains why no shard could be read (exit 1), else `ToolError` INCOMPLETE (exit 10),
 * which names them all.
 */
export function checkFailures(failed: readonly FailedShard[], shards: number): void {
  const [first, ...others] = failed;
  if (first === undefined) return;
  if (failed.length === shards && first.cause instanceof ToolError && others.every(({ cause }) => isSame(cause, first.cause)))
    throw first.cause;
  const causes = new Set(failed.flatMap(({ cause }) => (cause instanceof Error ? cause.message : [])));
  throw new ToolError("INCOMPLETE", `not read to the end: ${failed.map(({ id }) => id).join(", ")}`, {
    exit: incomplete,
    more: [...causes],
  });
}
