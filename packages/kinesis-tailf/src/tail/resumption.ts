import { type Context, usageError } from "@sukima/core";
import { leftBehind } from "../checkpoint/left-behind.ts";
import { openCheckpoint, positionAfter } from "../checkpoint/open.ts";
import { PositionTrack } from "../checkpoint/track.ts";
import type { Bookkeeping } from "./followed-stream.ts";
import { identified } from "./identity.ts";
import { type ListedShard, type Start, startAtRoots } from "../loop/lineage.ts";
import type { Opening } from "./opening.ts";
import type { TailOptions } from "./options.ts";
import type { StreamFacts } from "./stream-facts.ts";

/** Where the shards of a stream begin, by its checkpoint if there is one. */
export interface Resumption {
  /** Undefined without `-checkpoint`. */
  readonly book: Bookkeeping | undefined;
  readonly start: Start;
  /** Nothing of the shard is left to read. */
  isOver(shard: ListedShard): boolean;
  /** Write what is not written yet, and let go of the file. */
  close(): void;
}

/** Claim the checkpoint that the options name. Throws `ToolError`, and leaves the file as it is, when it cannot be used, or holds a place that is not gone on from. */
export function resume(
  stream: string,
  { traits, wanted, listed }: Opening,
  options: Pick<TailOptions, "checkpoint" | "from">,
  facts: StreamFacts,
  ctx: Pick<Context, "host" | "clock">,
): Resumption {
  const atRoots = startAtRoots(wanted.roots);
  if (options.checkpoint === undefined) return { book: undefined, start: atRoots, isOver: () => false, close() {} };
  const identity = identified(traits, "-checkpoint", stream);
  const { known: left, keeper, close } = openCheckpoint(options.checkpoint, identity, ctx);
  const known = options.from === "checkpoint" ? left : undefined;
  if (known === undefined && left !== undefined && left.shards.size > 0) {
    close();
    throw usageError(
      "CHECKPOINT_HELD",
      `${options.checkpoint} holds the place of an earlier run, which this one would write over`,
      "go on there with -from checkpoint; to begin anew, name another file or remove this one",
    );
  }
  // What retention has taken is remembered no longer.
  const positions = new Map([...(known?.shards ?? [])].filter(([id]) => listed.some((shard) => shard.id === id)));
  const behind = known === undefined ? new Set<string>() : leftBehind(listed, known);
  facts.resumed(stream, positions);
  return {
    book: { keeper, track: new PositionTrack(identity, positions) },
    start(id, isChild) {
      const position = positions.get(id);
      return position === undefined ? atRoots(id, isChild) : positionAfter(position);
    },
    isOver: ({ id }) => positions.get(id)?.state === "drained" || behind.has(id),
    close,
  };
}
