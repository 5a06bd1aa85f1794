/**
 * How deep blocks, parentheses and printed values may nest.
 * Chosen so that the deepest legal template needs a third of Node's default stack (measured); Go itself allows 10,000.
 */
export const maxDepth = 250;

/** Longest template, value or output in UTF-16 units: above it V8 throws errors of its own. */
export const maxLength = 100_000_000;

/** Default of `maxSteps`: actions, texts and iterations one rendering may take, a few seconds of work. */
export const defaultMaxSteps = 10_000_000;

/**
 * Refuse a text of this length if that is more than the package handles.
 * A `RangeError` is what the JavaScript engine throws at its own limits too; `render` adds the position to both.
 */
export function checkLength(length: number): void {
  if (length > maxLength) throw new RangeError(`the text grows over ${maxLength} characters`);
}
