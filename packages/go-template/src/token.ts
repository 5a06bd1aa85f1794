/**
 * A piece of a template. `kind` is "text", "{{", "}}", "string", "rune", "number", "bool", "variable", "field", "dot", "identifier", "EOF",
 * "error" (its text is the message), or the text itself for keywords and marks. `start` is a UTF-16 offset.
 */
export interface Token {
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  /** Whether a blank stands before it. */
  readonly isSpaced: boolean;
}

/** The keywords of the language; `nil` counts as one in Go's error texts too. */
export const isKeyword = (word: string): boolean => /^(?:block|break|continue|define|else|end|if|nil|range|template|with)$/.test(word);
