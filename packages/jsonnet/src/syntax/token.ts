/** What a token is. Keywords and punctuation stand for themselves; `end` comes after the last character. */
type TokenKind = "identifier" | "number" | "string" | "operator" | "punctuation" | "keyword" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** The characters of the source; for a string its decoded value. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export const keywords: ReadonlySet<string> = new Set([
  "assert",
  "else",
  "error",
  "false",
  "for",
  "function",
  "if",
  "import",
  "importbin",
  "importstr",
  "in",
  "local",
  "null",
  "self",
  "super",
  "tailstrict",
  "then",
  "true",
]);

/** How messages call a token, in the original's notation. */
export function describeToken({ kind, text }: Token): string {
  if (kind === "end") return "end of file";
  const shown = JSON.stringify(text);
  return kind === "keyword" || kind === "punctuation" ? shown : `(${kind.toUpperCase()}, ${shown})`;
}
