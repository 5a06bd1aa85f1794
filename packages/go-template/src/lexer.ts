import { describeChar, quoteGo } from "./quoting.ts";
import { isKeyword } from "./token.ts";
import type { Token, TokenKind } from "./token.ts";

const space = /[ \t\r\n]+/y;
const word = /[\p{L}\p{Nd}_]+/uy;
const number =
  /[+-]?(?:0[xX][\da-fA-F_]*\.?[\da-fA-F_]*(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*\.?[0-7_]*|0[bB][01_]*\.?[01_]*|[\d_]*\.?[\d_]*(?:[eE][+-]?[\d_]*)?)i?/y;
const leftTrim = /-[ \t\r\n]/y;
const rightTrim = /[ \t\r\n]-\}\}/y;
const unclosed = {
  '"': "unterminated quoted string",
  "'": "unterminated character constant",
  "`": "unterminated raw quoted string",
} as const;

/** Split a template into tokens. The list ends with "EOF", or with an "error" that stands where the splitting failed. */
export function tokenize(text: string): readonly Token[] {
  const lexer = new Lexer(text);
  lexer.run();
  return lexer.tokens;
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly #text: string;
  #at = 0;
  #parens = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    let go = true;
    while (go) go = this.#scanText() && this.#scanAction();
  }

  #match(pattern: RegExp, at = this.#at): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0];
  }

  #emit(kind: TokenKind, end: number): true {
    this.tokens.push({ kind, text: this.#text.slice(this.#at, end), start: this.#at });
    this.#at = end;
    return true;
  }

  #fail(message: string, at = this.#at): false {
    this.tokens.push({ kind: "error", text: message, start: at });
    return false;
  }

  /** Take the text up to the next action, and comments with it. False at the end of the template. */
  #scanText(): boolean {
    for (;;) {
      const open = this.#text.indexOf("{{", this.#at);
      const end = open < 0 ? this.#text.length : open;
      const isTrimmed = open >= 0 && this.#match(leftTrim, open + 2) !== undefined;
      const kept = isTrimmed ? this.#at + trimEnd(this.#text.slice(this.#at, end)).length : end;
      if (kept > this.#at) this.#emit("text", kept);
      this.#at = end;
      if (open < 0) {
        this.tokens.push({ kind: "EOF", text: "", start: end });
        return false;
      }
      const body = open + (isTrimmed ? 4 : 2);
      if (!this.#text.startsWith("/*", body)) {
        this.#emit("{{", open + 2);
        this.#at = body;
        return true;
      }
      if (!this.#skipComment(body)) return false;
    }
  }

  #skipComment(body: number): boolean {
    const end = this.#text.indexOf("*/", body + 2) + 2;
    if (end < body + 4) return this.#fail("unclosed comment");
    this.#at = end;
    return this.#closeAction() || this.#fail("comment ends before closing delimiter", body);
  }

  /** Step over a right delimiter and the blanks its trim marker removes. False if there is none. */
  #closeAction(): boolean {
    const isTrimmed = this.#match(rightTrim) !== undefined;
    if (!isTrimmed && !this.#text.startsWith("}}", this.#at)) return false;
    this.#at += isTrimmed ? 4 : 2;
    if (isTrimmed) this.#at += this.#match(space)?.length ?? 0;
    return true;
  }

  /** Take the tokens up to and with the right delimiter. False after an error. */
  #scanAction(): boolean {
    this.#parens = 0;
    for (;;) {
      const start = this.#at;
      if (this.#closeAction()) {
        if (this.#parens > 0) return this.#fail("unclosed left paren", start);
        this.tokens.push({ kind: "}}", text: "}}", start });
        return true;
      }
      if (!this.#scanToken()) return false;
    }
  }

  #scanToken(): boolean {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    const next = this.#text[this.#at + 1] ?? "";
    if (this.#at >= this.#text.length) return this.#fail("unclosed action");
    if (/[ \t\r\n]/.test(char)) return this.#scanSpace();
    if (char === ":" && next !== "=") return this.#fail("expected :=");
    if (char === ":") return this.#emit(":=", this.#at + 2);
    if (char === "=" || char === "|") return this.#emit(char, this.#at + 1);
    if (char === '"' || char === "'" || char === "`") return this.#scanQuoted(char);
    if (char === "$" || (char === "." && next !== "" && !/\d/.test(next))) return this.#scanName(char === "$" ? "variable" : "field");
    if (/[.+\-\d]/.test(char)) return this.#scanNumber();
    if (this.#match(word) !== undefined) return this.#scanWord();
    if (char === "(" || char === ")") return this.#scanParen(char);
    if (/[!-~]/.test(char)) return this.#emit("char", this.#at + 1);
    return this.#fail(`unrecognized character in action: ${describeChar(char)}`);
  }

  #scanSpace(): true {
    const end = this.#at + (this.#match(space)?.length ?? 0);
    // The last blank belongs to the right delimiter when that has a trim marker.
    const kept = this.#match(rightTrim, end - 1) === undefined ? end : end - 1;
    return kept === this.#at || this.#emit("space", kept);
  }

  #scanParen(char: "(" | ")"): boolean {
    this.#parens += char === "(" ? 1 : -1;
    return this.#parens < 0 ? this.#fail("unexpected right paren") : this.#emit(char, this.#at + 1);
  }

  #scanQuoted(quote: '"' | "'" | "`"): boolean {
    const kind = quote === '"' ? "string" : quote === "'" ? "rune" : "raw string";
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === quote) return this.#emit(kind, at + 1);
      if (quote === "`") continue;
      if (char === "\\") at++;
      if (this.#text[at] === "\n") break;
    }
    return this.#fail(unclosed[quote]);
  }

  #scanName(kind: "field" | "variable"): boolean {
    const end = this.#at + 1 + (this.#match(word, this.#at + 1)?.length ?? 0);
    if (!this.#endsWord(end)) return this.#badCharacter(end);
    return this.#emit(kind === "field" && end === this.#at + 1 ? "dot" : kind, end);
  }

  #scanWord(): boolean {
    const text = this.#match(word) ?? "";
    const end = this.#at + text.length;
    if (!this.#endsWord(end)) return this.#badCharacter(end);
    return this.#emit(isKeyword(text) ? text : text === "true" || text === "false" ? "bool" : "identifier", end);
  }

  #endsWord(end: number): boolean {
    return end >= this.#text.length || /[ \t\r\n.,|:()]/.test(this.#text[end] ?? "") || this.#text.startsWith("}}", end);
  }

  #badCharacter(at: number): false {
    return this.#fail(`bad character ${describeChar(String.fromCodePoint(this.#text.codePointAt(at) ?? 0))}`, at);
  }

  #scanNumber(): boolean {
    const end = this.#at + (this.#match(number)?.length ?? 0);
    if (this.#match(word, end) !== undefined) return this.#badNumber(end);
    if (!/[+-]/.test(this.#text[end] ?? "")) return this.#emit("number", end);
    const last = end + (this.#match(number, end)?.length ?? 0);
    return this.#text[last - 1] === "i" && this.#match(word, last) === undefined ? this.#emit("complex", last) : this.#badNumber(last);
  }

  #badNumber(end: number): false {
    const next = this.#match(word, end) === undefined ? "" : String.fromCodePoint(this.#text.codePointAt(end) ?? 0);
    return this.#fail(`bad number syntax: ${quoteGo(this.#text.slice(this.#at, end) + next)}`);
  }
}

/** Without the blanks at the end. A loop, because a pattern with `$` is quadratic on long runs of blanks. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[ \t\r\n]/.test(text[end - 1] ?? "")) end--;
  return text.slice(0, end);
}
