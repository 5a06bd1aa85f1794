import type { Shard } from "../loop/shard.ts";
import type { Checkpoint, ShardPosition, StreamIdentity } from "./checkpoint.ts";

/** How far the shards of a stream have been printed. */
export class PositionTrack {
  readonly #stream: StreamIdentity;
  readonly #positions: Map<string, ShardPosition>;

  constructor(stream: StreamIdentity, known: ReadonlyMap<string, ShardPosition>) {
    this.#stream = stream;
    this.#positions = new Map(known);
  }

  /** A shard is being read; it has a position before its first record, so that a later run finds it again. */
  begin(shard: string, timeMs: number): void {
    if (!this.#positions.has(shard)) this.#positions.set(shard, { sequence: null, sub: null, state: "reading", timeMs });
  }

  /** A call's records have all been taken by the output. */
  progress({ id, phase, iterator, position, positionTimeMs }: Shard): void {
    const before = this.#positions.get(id);
    const isWhole = position.at === "after";
    this.#positions.set(id, {
      sequence: isWhole ? position.sequence : (before?.sequence ?? null),
      sub: isWhole ? null : (before?.sub ?? null),
      // With an iterator left the range is over, and not the shard: a later run reads on.
      state: phase === "drained" && iterator === undefined ? "drained" : "reading",
      timeMs: positionTimeMs ?? before?.timeMs ?? 0,
    });
  }

  /** The output has taken a shard's records up to this one, and of the last one the parts up to `sub` when that is not null. */
  printed(shard: string, sequence: string, sub: number | null, timeMs: number): void {
    this.#positions.set(shard, { sequence, sub, state: "reading", timeMs });
  }

  /** Arrival of a shard's last printed record, in milliseconds; undefined when there is none. */
  readUpToMs(shard: string): number | undefined {
    const position = this.#positions.get(shard);
    return position === undefined || position.sequence === null ? undefined : position.timeMs;
  }

  get checkpoint(): Checkpoint {
    return { ...this.#stream, shards: this.#positions };
  }
}
