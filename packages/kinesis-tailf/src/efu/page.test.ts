import { expect, it } from "vitest";
import { recordsOf } from "../loop/batch.ts";
import { pageOf } from "./page.ts";

const record = { SequenceNumber: "5", PartitionKey: "k", ApproximateArrivalTimestamp: new Date(900), Data: Buffer.from("x") };
const event = { Records: [], ContinuationSequenceNumber: "7", MillisBehindLatest: 0 };
const child = { ShardId: "b", ParentShards: ["a"], HashKeyRange: { StartingHashKey: "0", EndingHashKey: "9" } };

it.each([
  [
    "with records",
    { ...event, Records: [record], MillisBehindLatest: 30 },
    { continuation: "7", next: "t", behindMs: 30, children: undefined },
  ],
  ["in quiet times", event, { continuation: "7", next: "t", behindMs: 0, children: undefined }],
  [
    "at a shard's end",
    { ...event, ContinuationSequenceNumber: undefined, ChildShards: [child] },
    { continuation: undefined, next: undefined, behindMs: 0, children: [{ id: "b", parents: ["a"], hash: { from: 0n, to: 9n } }] },
  ],
  [
    "at a shard's end that leaves the children out",
    { ...event, ContinuationSequenceNumber: undefined, ChildShards: [] },
    { continuation: undefined, next: undefined, behindMs: 0, children: undefined },
  ],
])("reads an event %s", (_what, given, expected) => {
  const { records, ...page } = pageOf(given, 1000, "t");
  expect([page, recordsOf(records).map(({ data, ...rest }) => ({ ...rest, data: String(data) }))]).toEqual([
    { ...expected, serverMs: 1000 },
    given.Records.map(() => ({ sequence: "5", key: "k", arrivedAtMs: 900, data: "x" })),
  ]);
});
