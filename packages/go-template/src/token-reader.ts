import { tokenize } from "./lexer.ts";
import { locate } from "./position.ts";
import type { Source } from "./position.ts";
import { quoteGo } from "./quoting.ts";
import { TemplateError } from "./template-error.ts";
import { isKeyword } from "./token.ts";
import type { Token } from "./token.ts";

const excerptLength = 60;

/** Hands out the tokens of a template one by one and words the errors about them. */
export interface TokenReader {
  /** The coming token or one after it. The last token, "EOF" or "error", never goes away. */
  peek(ahead?: number): Token;
  next(): Token;
  expect(kind: string, context: string): void;
  /** `action` is the offset of the action to quote, by default the one around `start`. */
  fail(detail: string, start: number, hint?: string, action?: number): never;
  unexpected(context: string): never;
}

export function readTokens(source: Source): TokenReader {
  const { name, text } = source;
  const tokens = tokenize(text);
  let index = 0;

  // What is asked for beyond the end is the last token.
  const peek = (ahead = 0): Token => tokens[index + ahead] ?? peek(ahead - 1);
  const next = (): Token => {
    const token = peek();
    index++;
    return token;
  };
  const actionAt = (offset: number): number => tokens.findLast(({ kind, start }) => kind === "{{" && start <= offset)?.start ?? 0;

  function fail(detail: string, start: number, hint?: string, action = actionAt(start)): never {
    const [line = ""] = /^.*?(?:\}\}|$)/m.exec(text.slice(action)) ?? [];
    const call = line.length > excerptLength ? `${line.slice(0, excerptLength).toWellFormed()}...` : line;
    throw new TemplateError("parse", source, start, detail, { call, hint });
  }

  function unexpected(context: string): never {
    const { kind, text: found, start } = peek();
    if (kind === "error") {
      const { line } = locate(text, actionAt(start));
      const opening = ` started at ${name}:${line}`;
      fail(found + (line === locate(text, start).line ? "" : found.endsWith(" action") ? opening : ` in action${opening}`), start);
    }
    const chars = Array.from(found);
    const quoted = chars.length > 10 ? `${quoteGo(chars.slice(0, 10).join(""))}...` : quoteGo(found);
    return fail(`unexpected ${kind === "EOF" ? kind : kind === "dot" || isKeyword(kind) ? `<${found}>` : quoted} in ${context}`, start);
  }

  return {
    peek,
    next,
    fail,
    unexpected,
    expect: (kind, context) => {
      if (peek().kind !== kind) unexpected(context);
      next();
    },
  };
}
