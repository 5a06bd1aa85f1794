/**
 * How deep blocks, parentheses and printed values may nest.
 * Chosen so that the deepest legal template needs a third of Node's default stack (measured); Go itself allows 10,000.
 */
export const maxDepth = 250;

/** Longest template, value or output in UTF-16 units: above it V8 throws errors of its own. */
export const maxLength = 100_000_000;

/** Default of `maxSteps`: actions, texts and iterations one rendering may take, a few seconds of work. */
export const defaultMaxSteps = 10_000_000;

/** A limit was reached; the evaluator adds the position. */
export class LimitError extends Error {}

/** Return `text` unless it is longer than the package handles. */
export function checkLength(text: string): string {
  if (text.length > maxLength) throw new LimitError(`the text grows over ${maxLength} characters`);
  return text;
}

/** True for the two `RangeError`s a JavaScript engine throws on its own: stack exhausted, string too long. */
export const isHostLimit = (error: unknown): error is RangeError => error instanceof RangeError;
