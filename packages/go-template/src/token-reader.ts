import { tokenize } from "./lexer.ts";
import { locate } from "./position.ts";
import type { Source } from "./position.ts";
import { quoteGo } from "./quoting.ts";
import { TemplateError } from "./template-error.ts";
import { isKeyword } from "./token.ts";
import type { Token, TokenKind } from "./token.ts";

const excerptLength = 60;

/** Hands out the tokens of a template one by one and words the errors about them. */
export class TokenReader {
  readonly source: Source;
  readonly #tokens: readonly Token[];
  #next = 0;
  /** Offset of the action being read; undefined outside actions. */
  actionStart: number | undefined;

  constructor(source: Source) {
    this.source = source;
    this.#tokens = tokenize(source.text);
  }

  /** The coming token. The last token, "EOF" or "error", never goes away. */
  peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] ?? { kind: "EOF", text: "", start: 0 };
  }

  next(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  peekNonSpace(): Token {
    while (this.peek().kind === "space") this.#next++;
    return this.peek();
  }

  nextNonSpace(): Token {
    this.peekNonSpace();
    return this.next();
  }

  /** A mark for `rewind`: the parser looks ahead at most three tokens. */
  mark(): number {
    return this.#next;
  }

  rewind(mark: number): void {
    this.#next = mark;
  }

  expect(kind: TokenKind, context: string): Token {
    const token = this.nextNonSpace();
    if (token.kind !== kind) this.unexpected(token, context);
    return token;
  }

  fail(detail: string, start: number, hint?: string): never {
    const call = this.actionStart === undefined ? {} : { call: this.#excerpt(this.actionStart) };
    throw new TemplateError("parse", this.source, start, detail, { ...call, ...(hint === undefined ? {} : { hint }) });
  }

  unexpected(token: Token, context: string): never {
    if (token.kind === "error") this.fail(token.text + this.#startedAt(token), token.start);
    this.fail(`unexpected ${describe(token)} in ${context}`, token.start);
  }

  #startedAt(token: Token): string {
    if (this.actionStart === undefined) return "";
    const [start, here] = [locate(this.source.text, this.actionStart), locate(this.source.text, token.start)];
    if (start.line === here.line) return "";
    return `${token.text.endsWith(" action") ? "" : " in action"} started at ${this.source.name}:${start.line}`;
  }

  #excerpt(start: number): string {
    const { text } = this.source;
    const close = text.indexOf("}}", start);
    const line = text.slice(start, close < 0 ? undefined : close + 2).split("\n", 1)[0] ?? "";
    return line.length > excerptLength ? `${line.slice(0, excerptLength).toWellFormed()}...` : line;
  }
}

function describe(token: Token): string {
  if (token.kind === "EOF") return "EOF";
  if (isKeyword(token.kind) || token.kind === "dot") return `<${token.text}>`;
  const chars = Array.from(token.text);
  return chars.length > 10 ? `${quoteGo(chars.slice(0, 10).join(""))}...` : quoteGo(token.text);
}
