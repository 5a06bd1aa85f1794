import type { Groups } from "../aggregate/groups.ts";
import { ShardMap } from "../aggregate/shard-map.ts";
import { type Entry, plainEntry, type UserRecord } from "./entry.ts";
import type { ShardRange } from "./port.ts";
import type { Occasion, SendQueue, Turn } from "./queue.ts";

/** A packed record that went to another shard than it was meant for. */
interface Strayed {
  readonly entry: Entry;
  readonly shard: string;
}

/** Times that a record is packed anew because its shard was not the one that took it. By then the listing does not say where records go, as where emulators write into closed shards. */
const mostMisses = 3;

/**
 * Everything that was read and has not arrived, packed or not. Decides only.
 * When a packed record turns up in another shard, the shards have changed: nothing is given out until `remap`.
 */
export class Outbox {
  readonly #queue: SendQueue;
  #groups: Groups | undefined;
  readonly #isOrdered: boolean;
  #strayed: Strayed[] = [];
  /** How often records have strayed that have not arrived. */
  readonly #misses = new Map<UserRecord, number>();

  constructor(queue: SendQueue, groups: Groups | undefined, isOrdered: boolean) {
    this.#queue = queue;
    this.#groups = groups;
    this.#isOrdered = isOrdered;
  }

  get bytes(): number {
    return this.#queue.bytes;
  }

  /** The shards in which packed records turned up that are not where the map has them; none while the map is right. */
  get unexpected(): readonly string[] {
    return this.#strayed.map(({ shard }) => shard);
  }

  /** Whether records are packed, as far as they can be. */
  get isPacking(): boolean {
    return this.#groups !== undefined;
  }

  isEmpty(nowMs: number): boolean {
    return this.#queue.count === 0 && this.#strayed.length === 0 && this.#groups?.waitMs(nowMs) === undefined;
  }

  add(user: UserRecord, nowMs: number): void {
    const entries = this.#groups?.add(user, nowMs) ?? [plainEntry(user, this.#isOrdered ? user.key : undefined)];
    for (const entry of entries) this.#queue.add(entry, nowMs);
  }

  /** The next request, or how long to wait for it. */
  take(nowMs: number, occasion: Occasion): Turn {
    for (const entry of this.#groups?.flush(occasion.isFlushing ? undefined : nowMs) ?? []) this.#queue.add(entry, nowMs);
    const turn = this.#queue.take(nowMs, occasion);
    const groupMs = this.#groups?.waitMs(nowMs);
    if (turn.kind === "send" || groupMs === undefined) return turn;
    return { kind: "wait", ms: turn.kind === "wait" ? Math.min(turn.ms, groupMs) : groupMs };
  }

  retry(entry: Entry, atMs: number): void {
    this.#queue.retry(entry, atMs);
  }

  /** The entry stands in `shard`. Gives the records that have arrived with it: none of a packed one that strayed, which is decided later. */
  accept(entry: Entry, shard: string | undefined): readonly UserRecord[] {
    this.#queue.accept(entry);
    if (entry.shard === undefined || shard === undefined || entry.shard === shard) return this.#settled(entry.users);
    this.#strayed.push({ entry, shard });
    return [];
  }

  /**
   * Pack everything anew for other shards. Nothing may be under way.
   * Strayed records that lie wholly in the shard that took them have arrived and are given; consumers drop the others, so they go again, before later ones.
   * Nothing is packed any more once the same one has strayed too often.
   */
  remap(ranges: readonly ShardRange[], nowMs: number): readonly UserRecord[] {
    const groups = this.#groups;
    if (groups === undefined) return [];
    const again = [...groups.remap(new ShardMap(ranges)), ...this.#queue.drain().flatMap(({ users }) => users)];
    const arrived: UserRecord[] = [];
    for (const { entry, shard } of this.#strayed) {
      if (groups.belongs(entry, shard)) arrived.push(...this.#settled(entry.users));
      else again.push(...this.#missed(entry.users));
    }
    this.#strayed = [];
    for (const user of again.sort((a, b) => a.ordinal - b.ordinal)) this.add(user, nowMs);
    return arrived;
  }

  #settled(users: readonly UserRecord[]): readonly UserRecord[] {
    for (const user of users) this.#misses.delete(user);
    return users;
  }

  #missed(users: readonly UserRecord[]): readonly UserRecord[] {
    for (const user of users) {
      const misses = (this.#misses.get(user) ?? 0) + 1;
      this.#misses.set(user, misses);
      if (misses >= mostMisses) this.#groups = undefined;
    }
    return users;
  }
}
