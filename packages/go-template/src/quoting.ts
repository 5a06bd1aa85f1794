/** The letters of Go's one-letter escapes, and the characters they stand for in the same order. */
export const escapeLetters = "abfnrtv\\";
export const escapedChars = "\u0007\b\f\n\r\t\v\\";

/** Go's `unicode.IsPrint`, by the Unicode tables of this JavaScript engine (which may be newer than Go's). */
export const isPrintable = (char: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char);

/** Lower-case hexadecimal digits, at least so many. */
export const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");

/** Write a Go literal: `quote` is `"` for strings and `'` for runes. */
export function quoteGo(text: string, quote = '"', asciiOnly = false): string {
  const escape = (char: string): string => {
    const code = char.codePointAt(0) ?? 0;
    const letter = escapeLetters[escapedChars.indexOf(char)];
    if (char === quote || letter) return `\\${letter ?? char}`;
    if (isPrintable(char) && (code < 0x80 || !asciiOnly)) return char;
    if (code < 0x80 || !char.isWellFormed()) return `\\x${hex(code & 0xff, 2)}`;
    return code < 0x1_0000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  };
  return quote + Array.from(text, escape).join("") + quote;
}

/** True if the text fits between back quotes: valid, one line, no control character but tab. */
export const fitsBackQuotes = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for.
  text.isWellFormed() && !/[\u0000-\u0008\u000a-\u001f\u007f`\ufeff]/.test(text);

/** The character at an offset as Go's `%#U` describes it: `U+002B '+'`. */
export function describeChar(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const char = String.fromCodePoint(code);
  return `U+${hex(code, 4).toUpperCase()}${isPrintable(char) ? ` '${char}'` : ""}`;
}
