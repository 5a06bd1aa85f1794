import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchOf } from "../loop/batch.ts";
import type { Origin } from "../print/origin.ts";
import { dueAtMs, type MergeEvent, newMerging, nextMerging } from "./merging.ts";

const originOf = (shard: string, stream = "app"): Origin => ({ stream, shard });

type Moves = readonly (readonly [event: MergeEvent, atMs?: number])[];

const begin = (shard: string): MergeEvent => ({ kind: "begin", origin: originOf(shard) });
const done = (shard: string): MergeEvent => ({ kind: "done", origin: originOf(shard) });
const position = (shard: string, ms: number): MergeEvent => ({ kind: "position", origin: originOf(shard), ms });
const tick: MergeEvent = { kind: "tick" };

/** A page whose records are named after their shard and time: `a5`, and with a letter behind when there are several. */
const page = (shard: string, times: readonly number[], stream = "app"): MergeEvent => ({
  kind: "page",
  origin: originOf(shard, stream),
  batch: batchOf(times.map((ms, at) => ({ sequence: String(9 + at), key: "k", arrivedAtMs: ms, data: Buffer.of() }))),
});

/** What each event releases, and which shards it reports, marked by `!`. */
function play(windowMs: number | undefined, moves: Moves): string[] {
  let merging = newMerging(windowMs);
  return moves.map(([event, atMs = 0]) => {
    const step = nextMerging(merging, event, atMs);
    merging = step.merging;
    const records = step.release.map(({ origin, batch, at, arrivedAtMs }) => {
      const isNumbered = Array.from(batch.arrivedAtMs).filter((ms) => ms === arrivedAtMs).length > 1;
      return `${origin.stream === "app" ? "" : `${origin.stream}/`}${origin.shard}${arrivedAtMs}${isNumbered ? `:${batch.sequence(at)}` : ""}`;
    });
    return [...records, ...step.stalled.map(({ shard }) => `!${shard}`)].join(" ");
  });
}

describe("records of several shards", () => {
  it.each<readonly [promise: string, moves: Moves, released: readonly string[]]>([
    ["of one shard are held for nobody", [[begin("a")], [page("a", [1, 2])]], ["", "a1 a2"]],
    [
      "go out as far as the shard that was read least far",
      [[begin("a")], [begin("b")], [begin("c")], [page("a", [1, 5, 9])], [page("b", [2, 4])], [position("c", 3)], [page("c", [3, 8])]],
      ["", "", "", "", "", "a1 b2", "c3 b4"],
    ],
    [
      "of the same millisecond stand by stream, shard and sequence number, and are waited for",
      [
        [{ kind: "begin", origin: originOf("a") }],
        [{ kind: "begin", origin: originOf("a", "zoo") }],
        [begin("b")],
        [page("a", [5, 5], "zoo")],
        [page("b", [5])],
        [page("a", [5, 5, 5])],
        [{ kind: "flush" }],
      ],
      ["", "", "", "", "", "a5:9 a5:10 a5:11", "b5 zoo/a5:9 zoo/a5:10"],
    ],
    [
      "that arrive at a shard's position are not out before its own",
      [[begin("a")], [begin("b")], [page("b", [7])], [position("a", 7)], [position("a", 8)]],
      ["", "", "", "", "b7"],
    ],
    ["that arrived out of order inside of a page are put in order", [[begin("a")], [page("a", [3, 1, 2])]], ["", "a1 a2 a3"]],
    ["that come later than they should go out at once", [[begin("a")], [page("a", [9])], [page("a", [4])]], ["", "a9", "a4"]],
    [
      "wait for a shard that has given no answer yet",
      [[begin("a")], [begin("b")], [page("a", [1])], [position("a", 50)], [position("b", 2)]],
      ["", "", "", "", "a1"],
    ],
    ["wait no longer for a shard that is drained", [[begin("a")], [begin("b")], [page("a", [1, 2])], [done("b")]], ["", "", "", "a1 a2"]],
    [
      "wait for a child as they did for its parent",
      [
        [begin("a")],
        [begin("p")],
        [page("a", [10, 20])],
        [page("p", [5])],
        [begin("child")],
        [done("p")],
        [page("child", [15])],
        [done("child")],
      ],
      ["", "", "", "p5", "", "", "a10 child15", "a20"],
    ],
    [
      "of a shard that is drained already are not lost",
      [[begin("a")], [position("a", 3)], [page("x", [2, 4])], [done("a")]],
      ["", "", "x2", "x4"],
    ],
    [
      "go out whatever they wait for when all is over",
      [[begin("a")], [begin("b")], [page("a", [2])], [page("b", [])], [{ kind: "flush" }]],
      ["", "", "", "", "a2"],
    ],
  ])("%s", (_promise, moves, released) => {
    expect(play(undefined, moves)).toEqual(released);
  });

  it("never wait for each other in a circle when arrival times run backwards and positions lag behind", () => {
    const moves: Moves = [
      [begin("a")],
      [begin("b")],
      [position("a", 1)],
      [position("b", 1)],
      [page("a", [30, 10])],
      [page("b", [40, 5])],
      [page("a", [35])],
    ];
    expect(play(undefined, moves)).toEqual(["", "", "", "", "", "b5 a10 a30", "a35"]);
  });
});

describe("the window", () => {
  const late: Moves = [[begin("a")], [begin("b")], [page("a", [10]), 1000], [tick, 2999], [tick, 3000]];

  it("lets a record go though a shard is behind, and reports that shard", () => {
    expect(play(2000, late)).toEqual(["", "", "", "", "a10 !b"]);
  });

  it("is endless when there is none", () => {
    expect(play(undefined, [...late, [tick, 10 ** 9]])).toEqual(["", "", "", "", "", ""]);
  });

  it("reports a shard once for each time that it stalls", () => {
    expect(
      play(2000, [
        ...late,
        [page("a", [20]), 4000],
        [position("b", 15), 5000],
        [tick, 6000],
        [position("b", 21), 6500],
        [page("a", [30]), 7000],
        [tick, 9000],
      ]),
    ).toEqual(["", "", "", "", "a10 !b", "", "", "a20", "", "", "a30 !b"]);
  });

  it("knows that a shard has caught up while records still wait for another one", () => {
    const moves: Moves = [
      [begin("a")],
      [begin("b")],
      [begin("c")],
      [begin("d")],
      [position("d", 15)],
      [page("a", [10]), 0],
      [tick, 2000],
      [page("d", [20]), 2500],
      [page("a", [200]), 3400],
      [position("b", 100), 3500],
      [tick, 4500],
      [tick, 5400],
    ];
    expect(play(2000, moves)).toEqual(["", "", "", "", "", "", "a10 !b !c", "", "", "", "d20", "a200 !b"]);
  });

  it("does not blame a shard that holds records back itself", () => {
    const moves: Moves = [[begin("a")], [begin("b")], [begin("c")], [page("a", [10, 20]), 0], [page("b", [15]), 1999], [tick, 2000]];
    expect(play(2000, moves)).toEqual(["", "", "", "", "", "a10 b15 a20 !c"]);
  });

  it("sends what goes before an overdue record along, and does not blame a shard that could be read on only since", () => {
    const moves: Moves = [
      [begin("a")],
      [begin("b")],
      [begin("c")],
      [page("a", [10, 20]), 0],
      [page("b", [15, 30]), 1500],
      [tick, 2000],
      [tick, 3500],
    ];
    expect(play(2000, moves)).toEqual(["", "", "", "", "", "a10 b15 a20 !c", "b30"]);
  });

  it("is due for the record that came first", () => {
    let merging = newMerging(2000);
    const due: (number | undefined)[] = [];
    const moves: Moves = [
      [begin("a")],
      [begin("b")],
      [begin("c")],
      [page("a", [10]), 100],
      [page("b", [20]), 300],
      [tick, 2100],
      [tick, 2300],
    ];
    for (const [event, atMs = 0] of moves) {
      merging = nextMerging(merging, event, atMs).merging;
      due.push(dueAtMs(merging));
    }
    expect(due).toEqual([undefined, undefined, undefined, 2100, 2100, 2300, undefined]);
  });
});

interface Script {
  readonly shard: string;
  readonly pages: readonly (readonly number[])[];
}

const scripts = (times: fc.Arbitrary<readonly (readonly number[])[]>): fc.Arbitrary<readonly Script[]> =>
  fc.array(times, { minLength: 1, maxLength: 4 }).map((all) => all.map((pages, at) => ({ shard: String.fromCodePoint(97 + at), pages })));

const anyPages = fc.array(fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }), { maxLength: 5 });
/** Times that never run backwards, cut into pages. */
const orderedPages = anyPages.map((pages) => {
  const times = pages.flat().sort((one, other) => one - other);
  let from = 0;
  return pages.map(({ length }) => times.slice(from, (from += length)));
});

/** Lets shards give their pages in an order that `choices` draws, each when its last page is out; every record is named by its shard, sequence number and time. */
function run(all: readonly Script[], windowMs: number | undefined, choices: readonly number[]) {
  let merging = newMerging(windowMs);
  let nowMs = 0;
  let stuck = false;
  const out: { readonly shard: string; readonly sequence: number; readonly ms: number }[] = [];
  const waiting = new Map<string, number>();
  const act = (event: MergeEvent): void => {
    const step = nextMerging(merging, event, nowMs);
    merging = step.merging;
    for (const { origin, batch, at, arrivedAtMs } of step.release) {
      out.push({ shard: origin.shard, sequence: Number(batch.sequence(at)), ms: arrivedAtMs });
      waiting.set(origin.shard, (waiting.get(origin.shard) ?? 0) - 1);
    }
  };
  for (const { shard } of all) act(begin(shard));
  const left = new Map(all.map(({ shard, pages }) => [shard, [...pages]]));
  const counts = new Map<string, number>();
  for (let turn = 0; left.size > 0; turn++) {
    nowMs += 7;
    if (windowMs !== undefined) act(tick);
    const free = [...left.keys()].filter((shard) => (waiting.get(shard) ?? 0) === 0);
    const shard = free[(choices[turn % choices.length] ?? 0) % free.length];
    if (shard === undefined) {
      stuck = windowMs === undefined;
      if (stuck) break;
      continue;
    }
    const times = left.get(shard)?.shift();
    if (times === undefined) {
      left.delete(shard);
      act(done(shard));
      continue;
    }
    const count = counts.get(shard) ?? 0;
    counts.set(shard, count + times.length);
    waiting.set(shard, times.length);
    const records = times.map((ms, at) => ({ sequence: String(count + at), key: "k", arrivedAtMs: ms, data: Buffer.of() }));
    act({ kind: "page", origin: originOf(shard), batch: batchOf(records) });
    const after = left.get(shard)?.[0]?.[0];
    if (after !== undefined && turn % 2 === 0) act(position(shard, after));
  }
  return { out, stuck, lanes: merging.lanes.length };
}

const recordsOf = (all: readonly Script[]) =>
  all.flatMap(({ shard, pages }) => pages.flat().map((ms, sequence) => ({ shard, sequence, ms })));
const byPlace = (one: { shard: string; sequence: number }, other: { shard: string; sequence: number }): number =>
  one.shard === other.shard ? one.sequence - other.sequence : one.shard < other.shard ? -1 : 1;
const choices = fc.array(fc.nat(11), { minLength: 1, maxLength: 30 });

it("gives one and the same order, by arrival, shard and sequence, however the answers of the shards come", () => {
  fc.assert(
    fc.property(scripts(orderedPages), choices, (all, drawn) => {
      const sorted = recordsOf(all).sort((one, other) => one.ms - other.ms || byPlace(one, other));
      expect(run(all, undefined, drawn)).toEqual({ out: sorted, stuck: false, lanes: 0 });
    }),
  );
});

it("releases every record once and keeps none, whatever the arrival times, the answers and the window are", () => {
  fc.assert(
    fc.property(scripts(anyPages), choices, fc.option(fc.nat(40), { nil: undefined }), (all, drawn, windowMs) => {
      const { out, stuck, lanes } = run(all, windowMs, drawn);
      expect({ out: out.sort(byPlace), stuck, lanes }).toEqual({ out: recordsOf(all), stuck: false, lanes: 0 });
    }),
  );
});
