import { locate } from "./position.ts";
import type { Source } from "./position.ts";

/** What the error knows besides the sentence. `call` is the source text of the failing call or action. */
interface ErrorDetails {
  readonly call?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * A template that cannot be parsed (`phase` is "parse") or rendered ("render").
 * `message` follows Go's form, `template: NAME:LINE:COLUMN: ...`; unlike Go's, the column is always there and counts characters from 1.
 */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly phase: "parse" | "render";
  readonly template: string;
  readonly line: number;
  readonly column: number;
  /** The sentence alone: no position, no call, no hint. */
  readonly detail: string;
  readonly call: string | undefined;
  readonly hint: string | undefined;

  constructor(phase: "parse" | "render", source: Source, offset: number, detail: string, { call, hint, cause }: ErrorDetails = {}) {
    const at = locate(source.text, offset);
    const where = `template: ${source.name}:${at.line}:${at.column}: `;
    const context = phase === "render" && call !== undefined ? `executing ${JSON.stringify(source.name)} at <${call}>: ` : "";
    const excerpt = phase === "parse" && call !== undefined ? ` in ${call}` : "";
    super(where + context + detail + excerpt + (hint === undefined ? "" : ` (${hint})`), cause === undefined ? undefined : { cause });
    this.phase = phase;
    this.template = source.name;
    this.line = at.line;
    this.column = at.column;
    this.detail = detail;
    this.call = call;
    this.hint = hint;
  }
}
