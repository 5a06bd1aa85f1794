import { expect, it } from "vitest";
import { Ledger } from "./ledger.ts";

const place = (line: number) => ({ file: 0, line, offset: line * 10 });

function ledgerOf(records: number): Ledger {
  const ledger = new Ledger();
  for (let line = 0; line < records; line++) ledger.begin(place(line), place(line + 1));
  return ledger;
}

it("points at the first record that is missing, and lists what arrived behind it in rows", () => {
  const ledger = ledgerOf(10);
  for (const ordinal of [0, 1, 3, 4, 5, 8]) ledger.arrive(ordinal);
  expect(ledger.position()).toEqual({
    place: place(2),
    arrived: [
      [1, 3],
      [6, 6],
    ],
  });
});

it("points behind the last record when all have arrived, in whatever order", () => {
  const ledger = ledgerOf(3);
  for (const ordinal of [2, 0, 1]) ledger.arrive(ordinal);
  expect(ledger.position()).toEqual({ place: place(3), arrived: [] });
});
