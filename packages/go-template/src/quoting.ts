/** Go's `unicode.IsPrint`, by the Unicode tables of this JavaScript engine (which may be newer than Go's). */
export const isPrintable = (char: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char);

const named: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");

function escapeChar(char: string, quote: string, asciiOnly: boolean): string {
  const code = char.codePointAt(0) ?? 0;
  const short = named[char];
  if (char === quote) return `\\${char}`;
  if (short !== undefined) return short;
  if (!char.isWellFormed()) return `\\x${hex(code & 0xff, 2)}`;
  if (isPrintable(char) && (code < 0x80 || !asciiOnly)) return char;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x1_0000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Write a Go literal: `quote` is `"` for strings and `'` for runes. */
export function quoteGo(text: string, quote: '"' | "'" = '"', asciiOnly = false): string {
  return quote + Array.from(text, (char) => escapeChar(char, quote, asciiOnly)).join("") + quote;
}

/** True if the text fits between back quotes: valid, one line, no control character but tab. */
export function fitsBackQuotes(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for.
  return text.isWellFormed() && !/[\u0000-\u0008\u000a-\u001f\u007f`\ufeff]/.test(text);
}

/** Go's `%#U`: `U+002B '+'`. */
export function describeChar(char: string): string {
  const code = `U+${hex(char.codePointAt(0) ?? 0, 4).toUpperCase()}`;
  return isPrintable(char) ? `${code} '${char}'` : code;
}
