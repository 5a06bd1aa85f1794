import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "./entry.ts";
import { SendQueue } from "./queue.ts";

const entry = (name: string, lane?: string, bytes = 10): Entry => ({ data: Buffer.from(name), key: name, bytes, lane, users: [] });

const queueOf = (limits: { records?: number; bytes?: number } = {}): SendQueue =>
  new SendQueue({ records: 3, bytes: 1000, lingerMs: 100, weigh: () => 1, ...limits });

const atOnce = { isFlushing: true, isIdle: true, budget: Number.POSITIVE_INFINITY };
const patient = { ...atOnce, isFlushing: false };

/** The names of the next request. */
function take(queue: SendQueue, nowMs = 0, occasion = atOnce): string[] {
  const turn = queue.take(nowMs, occasion);
  return turn.kind === "send" ? turn.batch.map(({ key }) => key) : [];
}

describe("SendQueue", () => {
  it("fills requests by count and by bytes, and sends one that is too large alone", () => {
    const queue = queueOf({ bytes: 25 });
    for (const [name, bytes] of [
      ["a", 10],
      ["b", 10],
      ["c", 10],
      ["d", 90],
      ["e", 1],
      ["f", 1],
      ["g", 1],
      ["h", 1],
    ] as const) {
      queue.add(entry(name, undefined, bytes), 0);
    }
    expect([take(queue), take(queue), take(queue), take(queue), take(queue)]).toEqual([["a", "b"], ["c"], ["d"], ["e", "f", "g"], ["h"]]);
  });

  it("waits for a request to fill up, but not longer than the linger time", () => {
    const queue = queueOf();
    queue.add(entry("a"), 0);
    expect(queue.take(40, patient)).toEqual({ kind: "wait", ms: 60 });
    expect(take(queue, 100, patient)).toEqual(["a"]);
    expect(queue.take(100, patient)).toEqual({ kind: "idle" });
  });

  it("stops at the budget of the pace", () => {
    const queue = queueOf();
    for (const name of ["a", "b", "c"]) queue.add(entry(name), 0);
    expect(take(queue, 0, { ...atOnce, budget: 2 })).toEqual(["a", "b"]);
  });

  it("gives out one entry of a lane, the next when it has arrived", () => {
    const queue = queueOf();
    const [first, second, other] = [entry("a1", "a"), entry("a2", "a"), entry("b1", "b")];
    for (const each of [first, second, other]) queue.add(each, 0);
    expect(take(queue)).toEqual(["a1", "b1"]);
    expect(take(queue)).toEqual([]);
    queue.retry(first, 50);
    queue.accept(other);
    expect(queue.take(0, atOnce)).toEqual({ kind: "wait", ms: 50 });
    expect(take(queue, 50)).toEqual(["a1"]);
    queue.accept(first);
    expect(take(queue, 50)).toEqual(["a2"]);
  });

  it("lets lanes gather while a request is under way that will free more of them", () => {
    const queue = queueOf();
    for (const name of ["a", "a", "b"]) queue.add(entry(name, name), 0);
    expect(take(queue, 0, { ...atOnce, isIdle: false })).toEqual([]);
    expect(take(queue, 0, patient)).toEqual(["a", "b"]);
  });

  it("gives back everything that is not under way", () => {
    const queue = queueOf();
    const refused = entry("a1", "a");
    for (const each of [refused, entry("a2", "a"), entry("b")]) queue.add(each, 0);
    take(queue);
    queue.retry(refused, 10);
    expect(
      queue
        .drain()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(["a1", "a2"]);
    expect([queue.count, queue.bytes]).toEqual([1, 10]);
  });

  it("gives out everything once and keeps each lane's order, whatever is refused", () => {
    const lanes = fc.array(fc.constantFrom("a", "b", "c", undefined), { maxLength: 60 });
    fc.assert(
      fc.property(lanes, fc.infiniteStream(fc.boolean()), (names, luck) => {
        const queue = queueOf();
        const all = names.map((lane, at) => entry(String(at), lane));
        for (const each of all) queue.add(each, 0);
        const arrived: Entry[] = [];
        for (let now = 0; queue.count > 0 && now < 100_000; now += 10) {
          const turn = queue.take(now, atOnce);
          if (turn.kind !== "send") continue;
          const out = turn.batch.flatMap(({ lane }) => lane ?? []);
          expect(new Set(out).size).toBe(out.length);
          for (const each of turn.batch) {
            if (luck.next().value === true) queue.retry(each, now + 25);
            else {
              queue.accept(each);
              arrived.push(each);
            }
          }
        }
        const inLane = (lane: string | undefined) => (entries: readonly Entry[]) => entries.filter((each) => each.lane === lane);
        for (const lane of ["a", "b", "c"]) expect(inLane(lane)(arrived)).toEqual(inLane(lane)(all));
        expect(new Set(arrived)).toEqual(new Set(all));
        expect([arrived.length, queue.bytes]).toEqual([all.length, 0]);
      }),
    );
  });
});
