import { failAt } from "../errors.ts";
import type { Source } from "../source.ts";
import type { Token } from "./token.ts";

const indentPattern = /[ \t]*/y;

/**
 * Reads `|||` or `|||-` at `start`. The first line's leading blanks are taken off every line, blank lines may be empty,
 * and a line whose indentation differs must be the terminator. With `|||-` the last newline is dropped.
 */
export function readTextBlock(source: Source, start: number): Token {
  const { text } = source;
  const chomp = text.charAt(start + 3) === "-";
  let at = start + (chomp ? 4 : 3);
  while (/[ \t\r]/.test(text.charAt(at))) at++;
  if (text.charAt(at) !== "\n") throw failAt({ source, start, end: start }, "Text block requires new line after |||.");
  at++;

  const lines: string[] = [];
  at = skipEmptyLines(text, at, lines);
  const indent = blanksAt(text, at);
  if (indent === "") throw failAt({ source, start, end: start }, "Text block's first line must start with whitespace");

  while (text.startsWith(indent, at)) {
    const lineEnd = text.indexOf("\n", at);
    if (lineEnd < 0) throw failAt({ source, start, end: start }, "Unexpected EOF: text block not terminated with |||");
    lines.push(text.slice(at + indent.length, lineEnd + 1));
    at = skipEmptyLines(text, lineEnd + 1, lines);
  }

  at += blanksAt(text, at).length;
  if (!text.startsWith("|||", at)) throw failAt({ source, start, end: start }, "Text block not terminated with |||");
  const value = lines.join("");
  return { kind: "string", text: chomp ? value.replace(/\r?\n$/, "") : value, start, end: at + 3 };
}

function skipEmptyLines(text: string, from: number, lines: string[]): number {
  let at = from;
  for (;;) {
    const newline = text.startsWith("\r\n", at) ? "\r\n" : text.startsWith("\n", at) ? "\n" : "";
    if (newline === "") return at;
    lines.push(newline);
    at += newline.length;
  }
}

function blanksAt(text: string, at: number): string {
  indentPattern.lastIndex = at;
  return indentPattern.exec(text)?.[0] ?? "";
}
