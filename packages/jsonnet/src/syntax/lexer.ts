import { failAt } from "../errors.ts";
import type { Source } from "../source.ts";
import { readQuoted, readVerbatim } from "./string-literal.ts";
import { readTextBlock } from "./text-block.ts";
import { keywords, type Token } from "./token.ts";

const blank = /[ \t\r\n]+|\/\/[^\n]*|#[^\n]*/y;
const word = /[A-Za-z_][A-Za-z0-9_]*/y;
// Longer than any operator there is; without an end a row of a million dashes would be looked through a million times.
const operator = /[!$:~+\-&|^=<>*/%]{1,16}/y;
const number = /(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?/y;

/** Splits a source into tokens, the last of kind `end`. Throws a static error at what is no token. */
export function tokenize(source: Source): Token[] {
  const tokens: Token[] = [];
  for (let at = skipBlank(source, 0); ; at = skipBlank(source, tokens.at(-1)?.end ?? 0)) {
    if (at >= source.text.length) {
      tokens.push({ kind: "end", text: "", start: at, end: at });
      return tokens;
    }
    tokens.push(readToken(source, at));
  }
}

function skipBlank(source: Source, from: number): number {
  let at = from;
  for (;;) {
    const skipped = matchAt(blank, source.text, at).length;
    at += skipped;
    if (skipped > 0) continue;
    if (!source.text.startsWith("/*", at)) return at;
    const end = source.text.indexOf("*/", at + 2);
    if (end < 0) throw failAt({ source, start: at, end: at }, "Multi-line comment has no terminating */");
    at = end + 2;
  }
}

function readToken(source: Source, start: number): Token {
  const { text } = source;
  const char = text.charAt(start);
  if (char === '"' || char === "'") return readQuoted(source, start);
  if (char === "@") return readVerbatim(source, start);
  if ("{}[](),.;".includes(char)) return { kind: "punctuation", text: char, start, end: start + 1 };
  if (char >= "0" && char <= "9") return readNumber(source, start);
  if (text.startsWith("|||", start)) return readTextBlock(source, start);
  const name = matchAt(word, text, start);
  if (name !== "") return { kind: keywords.has(name) ? "keyword" : "identifier", text: name, start, end: start + name.length };
  const symbols = readOperator(text, start);
  if (symbols !== "") return { kind: symbols === "$" ? "punctuation" : "operator", text: symbols, start, end: start + symbols.length };
  const shown = String.fromCodePoint(text.codePointAt(start) ?? 0);
  throw failAt({ source, start, end: start }, `Could not lex the character '${shown}'`);
}

/** The longest run of symbols that starts no comment or text block and, unless it is one symbol, does not end in a prefix operator. */
function readOperator(text: string, start: number): string {
  let symbols = matchAt(operator, text, start);
  for (const stop of ["//", "/*", "|||"]) {
    const at = symbols.indexOf(stop, 1);
    if (at > 0) symbols = symbols.slice(0, at);
  }
  while (symbols.length > 1 && "+-~!$".includes(symbols.slice(-1))) symbols = symbols.slice(0, -1);
  return symbols;
}

function readNumber(source: Source, start: number): Token {
  const text = matchAt(number, source.text, start);
  const end = start + text.length;
  const next = source.text.charAt(end);
  const after = `'${source.text.charAt(end + 1)}'`;
  const at = { source, start: end + 1, end: end + 1 };
  if (next === "_") throw failAt(at, `Couldn't lex number, junk after '_': ${after}`);
  if (next === "." && !/[eE]/.test(text)) throw failAt(at, `Couldn't lex number, junk after decimal point: ${after}`);
  if (/^[eE]/.test(next) && !/[eE]/.test(text)) throw failAt(at, `Couldn't lex number, junk after 'E': ${after}`);
  return { kind: "number", text, start, end };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
