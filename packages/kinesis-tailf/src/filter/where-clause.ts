import { usageError } from "@sukima/core";
import { compilePattern } from "./pattern.ts";

const operators = ["=", "!=", "<", "<=", ">", ">=", "~"] as const;

/** One clause of `-where`. */
export interface WhereClause {
  /** Names of members and indexes of lists, from the root of the payload. */
  readonly path: readonly (string | number)[];
  readonly condition:
    | { readonly operator: "exists" }
    | { readonly operator: "~"; readonly pattern: RegExp }
    | { readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">="; readonly text: string; readonly isQuoted: boolean };
}

/**
 * Read `path op value`: a path such as `a.b[0]."c.d"`, one of `= != < <= > >= ~ exists`, and a value, bare or in double quotes.
 * Throws a usage error with the position, counted from 1, where reading stopped.
 */
export function parseWhere(source: string): WhereClause {
  const refuse = (at: number, problem: string): Error =>
    usageError(
      "BAD_WHERE",
      `-where ${JSON.stringify(source)}: at ${at + 1}: ${problem}`,
      "write path op value, such as 'detail.items[0].price > 100' or 'level exists'",
    );
  const { path, end } = parsePath(source, refuse);
  const at = end + (/^\s*/.exec(source.slice(end))?.[0].length ?? 0);
  const rest = source.slice(at);
  if (at > end && /^exists\s*$/.test(rest)) return { path, condition: { operator: "exists" } };
  // All signs in a row are one operator, so that == or ~= is refused and not read as an operator and the beginning of a value.
  const signs = /^[=!<>~]+/.exec(rest)?.[0];
  const operator = operators.find((each) => each === signs);
  if (operator === undefined) {
    throw refuse(at, `expected one of ${operators.join(" ")} exists, got ${JSON.stringify(signs ?? rest.split(/\s/)[0])}`);
  }
  const valueAt = source.length - source.slice(at + operator.length).trimStart().length;
  const { text, isQuoted } = parseValue(source.slice(valueAt).trimEnd(), valueAt, refuse);
  if (operator === "~") return { path, condition: { operator, pattern: compilePattern(text, "-where", false) } };
  return { path, condition: { operator, text, isQuoted } };
}

type Refuse = (at: number, problem: string) => Error;

function parsePath(source: string, refuse: Refuse): { path: (string | number)[]; end: number } {
  const step = /\s*(?:(?<dot>\.)?(?:(?<name>[^\s.[\]=!<>~"]+)|(?<quoted>"(?:[^"\\]|\\.)*"))|\[(?<index>\d+)\])/y;
  const path: (string | number)[] = [];
  let end = 0;
  for (;;) {
    step.lastIndex = end;
    const { dot, name, quoted, index } = step.exec(source)?.groups ?? {};
    const isName = name !== undefined || quoted !== undefined;
    // Names are joined by dots; the first stands without one, and a word without a dot behind a path is the operator.
    if ((!isName && index === undefined) || (isName && (dot === undefined) !== (path.length === 0))) break;
    if (path.length > 0 && /^\s/.test(source.slice(end))) break;
    path.push(index === undefined ? (quoted === undefined ? (name ?? "") : unquote(quoted, end, refuse)) : Number(index));
    end = step.lastIndex;
  }
  if (path.length === 0) throw refuse(0, "expected a path");
  if (source[end] === ".") throw refuse(end + 1, "expected a name");
  if (source[end] === "[") throw refuse(end + 1, "expected an index such as [0]");
  return { path, end };
}

function parseValue(source: string, at: number, refuse: Refuse): { text: string; isQuoted: boolean } {
  if (source === "") throw refuse(at, 'expected a value; the empty text is ""');
  if (!source.startsWith('"')) return { text: source, isQuoted: false };
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(source)?.[0];
  if (quoted === undefined) throw refuse(at, "the quote is not closed");
  if (quoted.length < source.length) throw refuse(at + quoted.length, `${JSON.stringify(source.slice(quoted.length))} is left over`);
  return { text: unquote(quoted, at, refuse), isQuoted: true };
}

function unquote(quoted: string, at: number, refuse: Refuse): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw refuse(at, "not a text in JSON's quotes");
  }
}
