import { locate } from "./position.ts";
import type { Source } from "./position.ts";

/** What the error knows besides the sentence. */
interface ErrorDetails {
  readonly call?: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A template that cannot be parsed (`phase` is "parse") or rendered ("render").
 * `message` follows Go's form, `template: NAME:LINE:COLUMN: ...`; unlike Go's, the column is always there and counts characters from 1.
 */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  declare readonly phase: "parse" | "render";
  declare readonly line: number;
  declare readonly column: number;
  /** The sentence alone: no position, no call, no hint. */
  declare readonly detail: string;
  /** The source text of the failing call or action. */
  declare readonly call: string | undefined;
  declare readonly hint: string | undefined;

  constructor(phase: "parse" | "render", { name, text }: Source, offset: number, detail: string, details: ErrorDetails = {}) {
    const { line, column } = locate(text, offset);
    const { call, hint } = details;
    const sentence = phase === "render" ? `executing "${name}" at <${call}>: ${detail}` : detail + (call ? ` in ${call}` : "");
    super(`template: ${name}:${line}:${column}: ${sentence}${hint ? ` (${hint})` : ""}`, details);
    Object.assign(this, { phase, line, column, detail, call, hint });
  }
}
