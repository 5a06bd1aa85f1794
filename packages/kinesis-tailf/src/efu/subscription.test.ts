import { expect, it } from "vitest";
import { startAt } from "./subscription.ts";

it.each([
  [{ at: "horizon" }, { Type: "TRIM_HORIZON" }],
  [
    { at: "time", ms: 5000 },
    { Type: "AT_TIMESTAMP", Timestamp: new Date(5000) },
  ],
  [
    { at: "sequence", sequence: "7" },
    { Type: "AT_SEQUENCE_NUMBER", SequenceNumber: "7" },
  ],
  [
    { at: "after", sequence: "7" },
    { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: "7" },
  ],
] as const)("a subscription at %j starts at %j", (position, expected) => {
  expect(startAt(position)).toEqual(expected);
});
