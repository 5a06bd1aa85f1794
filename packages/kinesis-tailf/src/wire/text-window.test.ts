import { expect, it } from "vitest";
import { TextWindow } from "./text-window.ts";

it("gives the texts between any two places, also of a length that no window has", () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => 0x20 + (at % 90)));
  const places = [
    [0, 10],
    [10, 65_530],
    [65_530, 65_540],
    [65_540, 65_540],
    [65_541, 265_541],
    [299_990, 300_000],
  ] as const;
  const window = new TextWindow(bytes);
  expect(places.map(([from, to]) => window.slice(from, to))).toEqual(places.map(([from, to]) => bytes.toString("latin1", from, to)));
});
