import { Aggregator } from "../../kpl/aggregator.ts";
import { type Entry, plainEntry, sizeOf, type UserRecord } from "../send/entry.ts";
import { hashOf, type ShardMap } from "./shard-map.ts";

export interface GroupSettings {
  /** Bytes of a packed record at most. */
  readonly limitBytes: number;
  /** How long a group waits for more records, in milliseconds. */
  readonly lingerMs: number;
  /** Whether what goes to one shard goes one after the other. */
  readonly isOrdered: boolean;
}

interface Group {
  readonly aggregator: Aggregator;
  readonly explicitHashKey: string;
  readonly lane: string | undefined;
  users: UserRecord[];
  sinceMs: number;
}

/**
 * Packs records by the shard that their own keys map to: consumers on the KCL drop a packed record whole when one of its records belongs to another shard.
 * Decides only: time comes in as an argument.
 */
export class Groups {
  readonly #settings: GroupSettings;
  #map: ShardMap;
  readonly #groups = new Map<string, Group>();

  constructor(map: ShardMap, settings: GroupSettings) {
    this.#map = map;
    this.#settings = settings;
  }

  /** Put a record into its group. Gives what is complete by that, in its order. */
  add(user: UserRecord, nowMs: number): Entry[] {
    const range = this.#map.find(hashOf(user.key));
    const { isOrdered, limitBytes } = this.#settings;
    // A hole in the listing: by itself the record goes where the service wants it.
    if (range === undefined) return [plainEntry(user, isOrdered ? user.key : undefined)];
    const group = this.#groupFor(range.shard, range.from, nowMs);
    const complete: Entry[] = [];
    if (!group.aggregator.fits(user)) complete.push(...this.#close(range.shard, group));
    if (!group.aggregator.fits(user)) return [...complete, plainEntry(user, group.lane)];
    if (group.users.length === 0) group.sinceMs = nowMs;
    group.aggregator.add(user);
    group.users.push(user);
    if (group.aggregator.size >= limitBytes) complete.push(...this.#close(range.shard, group));
    return complete;
  }

  /** Milliseconds until a group has waited long enough; undefined when all are empty. */
  waitMs(nowMs: number): number | undefined {
    const since = [...this.#groups.values()].flatMap(({ users, sinceMs }) => (users.length > 0 ? sinceMs : []));
    return since.length === 0 ? undefined : Math.max(0, Math.min(...since) + this.#settings.lingerMs - nowMs);
  }

  /** The groups that have waited long enough, or all of them. */
  flush(nowMs: number = Number.POSITIVE_INFINITY): Entry[] {
    return [...this.#groups].flatMap(([shard, group]) =>
      group.sinceMs + this.#settings.lingerMs <= nowMs ? this.#close(shard, group) : [],
    );
  }

  /** Go by another map from now on. Gives the records that were not packed yet. */
  remap(map: ShardMap): UserRecord[] {
    const users = [...this.#groups.values()].flatMap((group) => group.users);
    this.#map = map;
    this.#groups.clear();
    return users;
  }

  /** Whether a packed record lies wholly within the shard that took it, by the map. */
  belongs(entry: Entry, shard: string): boolean {
    const range = this.#map.range(shard);
    if (range === undefined) return false;
    return entry.users.every(({ key }) => {
      const hash = hashOf(key);
      return range.from <= hash && hash <= range.to;
    });
  }

  #groupFor(shard: string, from: bigint, nowMs: number): Group {
    const known = this.#groups.get(shard);
    if (known !== undefined) return known;
    const { limitBytes, isOrdered } = this.#settings;
    const aggregator = new Aggregator(limitBytes);
    const group: Group = {
      aggregator,
      explicitHashKey: String(from),
      lane: isOrdered ? shard : undefined,
      users: [],
      sinceMs: nowMs,
    };
    this.#groups.set(shard, group);
    return group;
  }

  #close(shard: string, group: Group): Entry[] {
    const { users, aggregator, explicitHashKey, lane } = group;
    const [first] = users;
    if (first === undefined) return [];
    group.users = [];
    const data = aggregator.take();
    // One record gains nothing from being packed.
    if (users.length === 1) return [plainEntry(first, lane)];
    return [{ data, key: first.key, explicitHashKey, bytes: sizeOf(data, first.key), lane, shard, users }];
  }
}
