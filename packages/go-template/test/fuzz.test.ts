import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { TemplateError, parse, render } from "../src/index.ts";
import { measuredData, measuredFunctions } from "./measured-data.ts";

const folder = new URL("measured/", import.meta.url);
const seeds = readdirSync(folder).flatMap((file) => {
  const rows: readonly (readonly [string, unknown])[] = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  return rows.map(([text]) => text);
});
const pieces = [
  "{{",
  "}}",
  "{{-",
  " -}}",
  " ",
  "\n",
  "(",
  ")",
  "|",
  ".",
  "$",
  "$x",
  '"',
  "'",
  "`",
  "\\",
  ",",
  ":=",
  "=",
  "-",
  "0x",
  "1e9",
  "nil",
];
const words = [
  "{{end}}",
  "{{else}}",
  "{{if 1}}",
  "{{range 9}}",
  "{{with .l}}",
  "break",
  "printf",
  "%v",
  "%*d",
  "%[1]",
  "/*",
  "*/",
  "é",
  "\u{1F600}",
  "\ud800",
];

const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 6 }), add: fc.constantFrom("", ...pieces, ...words) });
const mutant = fc
  .tuple(fc.constantFrom(...seeds), fc.constantFrom(...seeds), fc.array(edit, { maxLength: 4 }))
  .map(([first, second, edits]) =>
    edits.reduce((text, { at, cut, add }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + add + text.slice(place + cut);
    }, first + second),
  );

const isSlow = process.env["SLOW"] === "1";
const runs = isSlow ? 1_000_000 : 100_000;
const functions = { ...measuredFunctions, env: (...operands: unknown[]): unknown => operands.at(-1) };

/** Positions lie inside the text; any other exception than ours ends the test. */
function attempt(text: string): void {
  try {
    render(parse(text, "f", { functions }), { functions, data: measuredData, maxSteps: 2_000 });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const lines = text.split("\n");
    const length = Array.from(lines[error.line - 1] ?? "").length;
    if (error.line > lines.length || error.column < 1 || error.column > length + 1) throw error;
    if (!error.message.startsWith(`template: f:${error.line}:${error.column}: `)) throw error;
  }
}

it(`gives a text or an error with a position for each of ${runs} damaged templates`, { timeout: isSlow ? 300_000 : 60_000 }, () => {
  let count = 0;
  fc.assert(
    fc.property(mutant, (text) => {
      attempt(text);
      count++;
    }),
    { numRuns: runs },
  );
  expect(count).toBe(runs);
});
