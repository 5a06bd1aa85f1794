import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { ListedShard } from "../loop/lineage.ts";
import { keyOf, type Origin } from "../print/origin.ts";

/** What the sessions learn of their streams and the unpacking of records needs. */
export class StreamFacts {
  readonly #hashes = new Map<string, ListedShard["hash"]>();
  readonly #printed = new Map<string, { readonly sequence: string | null; readonly sub: number | null }>();

  /** Shards have been listed. */
  listed(stream: string, shards: readonly ListedShard[]): void {
    for (const { id, hash } of shards) this.#hashes.set(keyOf({ stream, shard: id }), hash);
  }

  /** An earlier run is gone on with. */
  resumed(stream: string, positions: Checkpoint["shards"]): void {
    for (const [shard, position] of positions) this.#printed.set(keyOf({ stream, shard }), position);
  }

  /** The part of the hash space that a shard holds. */
  readonly hashOf = (origin: Origin): ListedShard["hash"] => this.#hashes.get(keyOf(origin));

  /** The part of a record up to which an earlier run has printed it. */
  readonly printedUpTo = (origin: Origin, sequence: string): number | undefined => {
    const position = this.#printed.get(keyOf(origin));
    return position?.sequence === sequence ? (position.sub ?? undefined) : undefined;
  };
}
