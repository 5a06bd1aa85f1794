import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TemplateError, parse, render } from "../src/index.ts";
import { measuredData, measuredFunctions } from "./measured-data.ts";

/** What Go 1.26 made of a template: its text, or the error of the phase and the line Go names. */
type Measured =
  | { readonly text: string }
  | { readonly parse: string; readonly line: number }
  | { readonly render: string; readonly line: number };

function ours(text: string): Measured {
  try {
    return { text: render(parse(text, "f", { functions: measuredFunctions }), { functions: measuredFunctions, data: measuredData }) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.phase === "parse" ? { parse: error.detail, line: error.line } : { render: error.detail, line: error.line };
  }
}

const folder = new URL("measured/", import.meta.url);
for (const file of readdirSync(folder)) {
  const rows: readonly (readonly [string, Measured])[] = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  describe(`${file.replace(".json", "")} as Go 1.26 does them`, () => {
    it.each(rows)("%j", (text, go) => {
      expect(ours(text)).toEqual(go);
    });
  });
}
