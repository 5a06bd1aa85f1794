import { failAt, type JsonnetError } from "../errors.ts";
import type { Source } from "../source.ts";
import { tokenize } from "./lexer.ts";
import { describeToken, type Token } from "./token.ts";

/** Nesting the parser takes before it gives up: the original's limit, half of what a stack of 1 MB holds. */
const nestingLimit = 500;

/** The tokens of a source with a place in them; what the parser's parts share. */
export class TokenReader {
  readonly source: Source;
  readonly #tokens: Token[];
  #at = 0;
  #nesting = 0;

  constructor(source: Source) {
    this.source = source;
    this.#tokens = tokenize(source);
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error("a token list always has its end");
    return token;
  }

  /** Where the last token taken ends. */
  get reached(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#at++;
    return token;
  }

  /** Whether the next token is this punctuation, operator or keyword. */
  sees(text: string): boolean {
    const token = this.peek();
    return token.text === text && token.kind !== "string" && token.kind !== "end";
  }

  /** Takes the next token if it is `text`. */
  takes(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  /** `as` is how the message calls it. */
  expect(text: string, as = /^[a-z]/.test(text) ? `token ${text}` : `token "${text}"`): Token {
    if (this.sees(text)) return this.next();
    throw this.unexpected(`Expected ${as} but got ${describeToken(this.peek())}`);
  }

  identifier(): Token {
    if (this.peek().kind === "identifier") return this.next();
    throw this.unexpected(`Expected token IDENTIFIER but got ${describeToken(this.peek())}`);
  }

  /** An error at the next token. */
  unexpected(message: string): JsonnetError {
    const { start, end } = this.peek();
    return failAt({ source: this.source, start, end }, message);
  }

  /** Goes one level deeper, so that absurd nesting ends in a message instead of a full host stack. */
  descend(): void {
    if (++this.#nesting > nestingLimit) throw this.unexpected("Exceeded maximum parse depth limit.");
  }

  /** Comes back up. Errors need not: they end the parse. */
  ascend(): void {
    this.#nesting--;
  }
}
