import type { Clock } from "@sukima/core";
import { batchOf, type FetchedRecord } from "../../src/loop/batch.ts";
import type { ListedShard } from "../../src/loop/lineage.ts";
import { type Page, type StreamPort, Trouble } from "../../src/loop/port.ts";
import type { Position } from "../../src/loop/shard.ts";

interface Held {
  readonly id: string;
  readonly parents: readonly string[];
  readonly records: FetchedRecord[];
  /** How many records stood before them and are forgotten. */
  forgotten: number;
  readonly openedMs: number;
  closed: boolean;
  children: ListedShard[];
}

const iteratorLifeMs = 300_000;

/** A stream on a simulated clock, with the port that the tail reads it by: iterators that expire, closed shards with children, small pages, calls that fail by chance. */
export class SimulatedStream implements StreamPort {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #shards = new Map<string, Held>();
  #sequence = 0;
  /** Share of GetRecords calls that are throttled. */
  throttled = 0;
  /** Records of a page at most. */
  pageRecords = 10;
  /** Whether a closed shard's last answer names its children. */
  tellsChildren = true;
  /** GetRecords calls by shard, with their times. */
  readonly calls = new Map<string, number[]>();

  constructor(clock: Clock, random: () => number, shards: number) {
    this.#clock = clock;
    this.#random = random;
    for (let at = 0; at < shards; at++) this.#open([]);
  }

  #open(parents: readonly string[]): Held {
    const id = `shardId-${String(this.#shards.size).padStart(12, "0")}`;
    const shard: Held = { id, parents, records: [], forgotten: 0, openedMs: this.#clock.elapsedMs(), closed: false, children: [] };
    this.#shards.set(id, shard);
    return shard;
  }

  /** A shard from nowhere, as after a recreated stream. */
  grow(): void {
    this.#open([]);
  }

  get open(): string[] {
    return [...this.#shards.values()].flatMap(({ id, closed }) => (closed ? [] : id));
  }

  put(shard: string, text: string, arrivedAtMs = this.#clock.elapsedMs()): void {
    const sequence = String(++this.#sequence).padStart(20, "0");
    this.#held(shard).records.push({ sequence, key: "k", arrivedAtMs, data: Buffer.from(text) });
  }

  split(shard: string): void {
    const parent = this.#close(shard);
    parent.children = [this.#open([shard]), this.#open([shard])].map(({ id, parents }) => ({ id, parents }));
  }

  merge(one: string, other: string): void {
    const parents = [this.#close(one), this.#close(other)];
    const { id } = this.#open([one, other]);
    for (const parent of parents) parent.children = [{ id, parents: [one, other] }];
  }

  #close(shard: string): Held {
    const held = this.#held(shard);
    held.closed = true;
    return held;
  }

  #held(shard: string): Held {
    const held = this.#shards.get(shard);
    if (held === undefined) throw new Error(`no shard ${shard}`);
    return held;
  }

  /** Drop the records that arrived before, and the calls so far: a soak would hold them all. */
  forget(beforeMs: number): void {
    this.calls.clear();
    for (const shard of this.#shards.values()) {
      const kept = shard.records.findIndex(({ arrivedAtMs }) => arrivedAtMs >= beforeMs);
      shard.forgotten += shard.records.splice(0, kept < 0 ? shard.records.length : kept).length;
    }
  }

  async serverMs(): Promise<number> {
    return this.#clock.elapsedMs();
  }

  async list(filter: Parameters<StreamPort["list"]>[0]): Promise<ListedShard[]> {
    await this.#clock.sleep(5);
    const all = [...this.#shards.values()].filter(({ id, closed }) =>
      filter.kind === "latest" ? !closed : filter.kind !== "after" || id > filter.shard,
    );
    return all.map(({ id, parents }) => ({ id, parents }));
  }

  async iterator(shard: string, position: Position): Promise<string> {
    await this.#clock.sleep(5);
    const { records, forgotten } = this.#held(shard);
    const places: Record<Position["at"], () => number> = {
      horizon: () => 0,
      time: () => records.findIndex(({ arrivedAtMs }) => position.at === "time" && arrivedAtMs >= position.ms),
      sequence: () => records.findIndex(({ sequence }) => position.at === "sequence" && sequence >= position.sequence),
      after: () => records.findIndex(({ sequence }) => position.at === "after" && sequence > position.sequence),
    };
    const found = places[position.at]();
    return `${shard}/${forgotten + (found < 0 ? records.length : found)}/${this.#clock.elapsedMs()}`;
  }

  async records(iterator: string, limit: number): Promise<Page> {
    const [shard = "", place = "", issuedMs = ""] = iterator.split("/");
    const times = this.calls.get(shard) ?? [];
    this.calls.set(shard, times);
    times.push(this.#clock.elapsedMs());
    await this.#clock.sleep(5);
    if (this.#random() < this.throttled) throw new Trouble("throttled", "ProvisionedThroughputExceededException");
    const nowMs = this.#clock.elapsedMs();
    if (nowMs - Number(issuedMs) > iteratorLifeMs) throw new Trouble("expired", "ExpiredIteratorException");
    const { records, closed, children, forgotten } = this.#held(shard);
    const begin = Number(place) - forgotten;
    const end = Math.min(records.length, begin + Math.min(limit, this.pageRecords));
    const page = records.slice(begin, end);
    const behindMs = end < records.length ? nowMs - (records[end]?.arrivedAtMs ?? nowMs) : 0;
    const isLast = closed && end === records.length;
    return {
      records: batchOf(page),
      next: isLast ? undefined : `${shard}/${forgotten + end}/${nowMs}`,
      behindMs,
      serverMs: nowMs,
      children: isLast && this.tellsChildren ? children : undefined,
    };
  }
}
