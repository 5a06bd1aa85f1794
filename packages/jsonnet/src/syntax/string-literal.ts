import { failAt } from "../errors.ts";
import type { Source } from "../source.ts";
import type { Token } from "./token.ts";

const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Reads `"..."` or `'...'` at `start`, escapes decoded. */
export function readQuoted(source: Source, start: number): Token {
  const { text } = source;
  const quote = text.charAt(start);
  let value = "";
  let plainFrom = start + 1;
  for (let at = plainFrom; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) return { kind: "string", text: value + text.slice(plainFrom, at), start, end: at + 1 };
    if (char !== "\\") continue;
    const escape = readEscape(source, at);
    value += text.slice(plainFrom, at) + escape.value;
    plainFrom = escape.end;
    at = escape.end - 1;
  }
  throw failAt({ source, start, end: start }, "Unterminated String");
}

/** Reads `@"..."` or `@'...'` at `start`: no escapes, a doubled quote stands for one. */
export function readVerbatim(source: Source, start: number): Token {
  const { text } = source;
  const quote = text.charAt(start + 1);
  if (quote !== '"' && quote !== "'") {
    throw failAt({ source, start, end: start + 1 }, "Couldn't lex verbatim string, junk after '@': " + JSON.stringify(quote));
  }
  let value = "";
  for (let from = start + 2; ;) {
    const at = text.indexOf(quote, from);
    if (at < 0) throw failAt({ source, start, end: start }, "Unterminated String");
    value += text.slice(from, at);
    if (text.charAt(at + 1) !== quote) return { kind: "string", text: value, start, end: at + 1 };
    value += quote;
    from = at + 2;
  }
}

function readEscape(source: Source, at: number): { value: string; end: number } {
  const letter = source.text.charAt(at + 1);
  if (letter !== "u") {
    const value = simpleEscapes[letter];
    if (value === undefined) {
      throw failAt({ source, start: at, end: at + 2 }, `Unknown escape sequence in string literal: ${JSON.stringify("\\" + letter)}`);
    }
    return { value, end: at + 2 };
  }
  const unit = readUnit(source, at);
  if (unit < 0xd800 || unit > 0xdfff) return { value: String.fromCharCode(unit), end: at + 6 };
  if (!source.text.startsWith("\\u", at + 6)) {
    throw failAt({ source, start: at, end: at + 6 }, "Truncated unicode surrogate pair escape sequence in string literal.");
  }
  const pair = String.fromCharCode(unit, readUnit(source, at + 6));
  // Two escapes that make no character are one replacement character.
  return { value: pair.codePointAt(0) === unit ? "\ufffd" : pair, end: at + 12 };
}

function readUnit(source: Source, at: number): number {
  const digits = source.text.slice(at + 2, at + 6);
  if (/^[0-9a-fA-F]{4}$/.test(digits)) return Number.parseInt(digits, 16);
  const problem =
    at + 6 > source.text.length
      ? "Truncated unicode escape sequence in string literal."
      : "Malformed unicode escape character, should be hex:";
  throw failAt({ source, start: at, end: Math.min(at + 6, source.text.length) }, `${problem} ${JSON.stringify(digits)}`);
}
