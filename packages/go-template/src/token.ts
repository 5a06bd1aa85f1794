/** The keywords of the language; `nil` and `.` count as keywords in Go's error texts too. */
const keywords = ["block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with"] as const;
type Keyword = (typeof keywords)[number];

export type TokenKind =
  | Keyword
  | "text"
  | "{{"
  | "}}"
  | "space"
  | "string"
  | "raw string"
  | "rune"
  | "number"
  | "complex"
  | "bool"
  | "identifier"
  | "field"
  | "variable"
  | "dot"
  | "("
  | ")"
  | "|"
  | "="
  | ":="
  | "char"
  | "error"
  | "EOF";

/** A piece of a template. `start` is a UTF-16 offset; the text of an "error" is its message. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

export const isKeyword = (word: string): word is Keyword => keywords.some((keyword) => keyword === word);
