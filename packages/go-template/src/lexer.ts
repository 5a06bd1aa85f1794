import { describeChar, quoteGo } from "./quoting.ts";
import { isKeyword } from "./token.ts";
import type { Token } from "./token.ts";

const leftTrim = /-[ \t\r\n]/y;
const rightDelimiter = /[ \t\r\n]-\}\}[ \t\r\n]*|\}\}/y;
const wordEnd = /[ \t\r\n.,|:()]|\}\}|$/y;
const patterns = Object.entries({
  // A blank that begins a right delimiter with a trim marker belongs to that.
  space: /[ \t\r\n]+(?!-\}\})/y,
  variable: /\$[\p{L}\p{Nd}_]*/uy,
  field: /\.(?!\d)[\p{L}\p{Nd}_]*/uy,
  // The group is what follows a number at once and makes it wrong.
  number:
    /(?=[-.+\d])[-+]?(?:0[xX][\da-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[\d_]*\.?[\d_]*(?:[eE][-+]?[\d_]*)?)([\p{L}\p{Nd}_]|[-+][\p{L}\p{Nd}_.]*)?/uy,
  identifier: /[\p{L}\p{Nd}_]+/uy,
});
const mark = /:=|[!-9;-~]/y;
const quotes: Readonly<Record<string, string>> = { '"': "quoted string", "'": "character constant", "`": "raw quoted string" };

/** Split a template into tokens. The list ends with "EOF", or with an "error" that stands where the splitting failed. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let isSpaced = false;

  const read = (pattern: RegExp, from = at): RegExpExecArray | null => {
    pattern.lastIndex = from;
    return pattern.exec(text);
  };
  const add = (kind: string, end: number, shown = text.slice(at, end)): void => {
    tokens.push({ kind, text: shown, start: at, isSpaced });
    [at, isSpaced] = [end, false];
  };
  const fail = (message: string, start = at): false => {
    at = start;
    add("error", start, message);
    return false;
  };

  /** Take the text up to the next action, or a comment with it. False at the end of the template and after an error. */
  function scanText(): boolean {
    const open = text.indexOf("{{", at);
    const end = open < 0 ? text.length : open;
    const isTrimmed = open >= 0 && read(leftTrim, open + 2) !== null;
    let kept = end;
    if (isTrimmed) while (kept > at && /[ \t\r\n]/.test(text[kept - 1] ?? "")) kept--;
    if (kept > at) add("text", kept);
    at = end;
    if (open < 0) {
      add("EOF", end);
      return false;
    }
    const body = open + (isTrimmed ? 4 : 2);
    const isComment = text.startsWith("/*", body);
    const close = text.indexOf("*/", body + 2) + 2;
    const right = isComment && close > 1 && read(rightDelimiter, close);
    if (right) {
      at = close + right[0].length;
      return true;
    }
    add("{{", body);
    return isComment ? fail(close > 1 ? "comment ends before closing delimiter" : "unclosed comment") : scanAction();
  }

  /** Take the tokens up to and with the right delimiter. False after an error. */
  function scanAction(): boolean {
    for (let parens = 0; ;) {
      const right = read(rightDelimiter)?.[0];
      if (right !== undefined) {
        if (parens > 0) return fail("unclosed left paren");
        add("}}", at + right.length, "}}");
        return true;
      }
      if (at >= text.length) return fail("unclosed action");
      if (text[at] === "(") parens++;
      if (text[at] === ")" && --parens < 0) return fail("unexpected right paren");
      if (!scanToken()) return false;
    }
  }

  /** Take a literal in quotes. A loop, because a pattern needs stack for each escape. */
  function scanQuoted(quote: string): boolean {
    for (let end = at + 1; end < text.length; end++) {
      if (text[end] === quote) {
        add(quote === "'" ? "rune" : "string", end + 1);
        return true;
      }
      if (quote === "`") continue;
      if (text[end] === "\\") end++;
      if (text[end] === "\n") break;
    }
    return fail(`unterminated ${quotes[quote]}`);
  }

  function scanToken(): boolean {
    const char = text[at] ?? "";
    if (quotes[char]) return scanQuoted(char);
    for (const [kind, pattern] of patterns) {
      const match = read(pattern);
      if (match === null) continue;
      const [found, bad] = match;
      const end = at + found.length;
      if (kind === "space") {
        [at, isSpaced] = [end, true];
        return true;
      }
      if (bad) return fail(`bad number syntax: ${quoteGo(found)}`);
      const isWord = /^[fiv]/.test(kind);
      if (isWord && read(wordEnd, end) === null) return fail(`bad character ${describeChar(text, end)}`, end);
      add(found === "." ? "dot" : isKeyword(found) ? found : /^(?:true|false)$/.test(found) ? "bool" : kind, end);
      return true;
    }
    const found = read(mark)?.[0];
    if (found === undefined) return fail(char === ":" ? "expected :=" : `unrecognized character in action: ${describeChar(text, at)}`);
    add(found, at + found.length);
    return true;
  }

  while (scanText());
  return tokens;
}
