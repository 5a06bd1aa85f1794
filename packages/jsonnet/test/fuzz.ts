import { evaluate, JsonnetError, memoryImporter } from "../src/index.ts";

/** Small programs that together use most of the language; what the mutations start from. */
const seeds = [
  "{ a: 1, b: self.a + 1, c:: $.b, 'd e': [1, 2.5e3, null, true] }",
  "local f(x, y=2) = x * y, g = function(a) a; [f(1), f(y=3, x=2), g('s')]",
  "{ a: { b: 1 } } + { a+: { c: super.b, d: 'b' in super } } { assert self.a.b == 1 : 'no' }",
  "[x + y for x in [1, 2, 3] for y in std.range(1, x) if x != y]",
  "{ ['k' + i]: i for i in std.range(1, 5) } + { k1+: 5, k2:: 0, k3::: 1 }",
  "local s = |||\n  text %s\n    more\n||| % ['x']; s[2:9:2] + @'C:\\' + \"\\u00e9\\n\"",
  "std.foldl(function(acc, x) acc + x, std.map(function(x) x << 1, [1, 2]), 0) tailstrict",
  "if std.length('abc') > 2 && !false || error 'e' then 1 else if null then 2",
  "std.sort([3, 1, 2], function(x) -x) + std.set(['b', 'a']) + std.split('a,b', ',')",
  "'%5.2f %-3d|%(x)s' % { x: 1 } + '%s %x' % [{ a: [] }, 255]",
  "std.manifestYamlDoc({ a: [{ b: 'c\\nd\\n' }], e: {} }) + std.manifestTomlEx({ a: { b: [1] } }, ' ')",
  "local obj = { local z = 1, f(x):: x + z, g: self.f(2) }; obj { g: super.g * 2 }",
  "std.parseJson('{\"a\": [1, 2]}') + std.mergePatch({ a: 1 }, { a: null, b: {} }) + std.prune({ x: [], y: 1 })",
  "(import 'lib.libsonnet').twice(3) + std.length(importstr 'lib.libsonnet') + (importbin 'lib.libsonnet')[0]",
  "local a = { x: b.y }, b = { y: a.z }; ~5 ^ 3 | 6 & 2 >> 1 // comment\n/* more */ # end",
  "std.objectRemoveKey({ a: 1 }, 'a') + std.mapWithKey(function(k, v) k, { q: 1 }) == { q: 'q' }",
];
const pieces = ["{", "}", "[", "]", "(", ")", ":", "::", "+:", ",", ";", ".", "'", '"', "|||\n ", "\n", "local ", "self", "super", "$", "for x in ", "if ", "else ", "error ", "function(x) ", "import ", "tailstrict", "std.", "null", "-", "0", "9", "e9", "%", "\\u", "\ud800", "😀", "@", "/*", "\t", "assert "]; // prettier-ignore

/** A repeatable source of whole numbers below a bound (mulberry32). */
function numbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;

const pick = <T>(next: Random, list: readonly T[], fallback: T): T => list[next(list.length)] ?? fallback;

/** A program with one to four changes, to its characters or to its words. */
function mutate(next: Random): string {
  let text = pick(next, seeds, "");
  const change = next(3) === 0 ? changeCharacters : changeWords;
  for (let changes = 1 + next(4); changes > 0; changes--) text = change(text, next);
  return text;
}

/** Takes a piece out, puts one in, doubles one, or swaps one for a part of another program. */
function changeCharacters(text: string, next: Random): string {
  const at = next(text.length + 1);
  const length = next(12);
  const other = pick(next, seeds, "");
  const from = next(other.length);
  const inserts = [pick(next, pieces, ""), other.slice(from, from + length), text.slice(at, at + length).repeat(2), ""];
  return text.slice(0, at) + pick(next, inserts, "") + text.slice(at + next(2) * length);
}

/** Swaps a word for one of the same kind (name, number, symbols) from another program, so that most results still parse. */
function changeWords(text: string, next: Random): string {
  const words = wordsOf(text);
  const at = next(words.length);
  const kind = kindOf(words[at] ?? "");
  const others = wordsOf(pick(next, seeds, "")).filter((word) => kindOf(word) === kind);
  return words.with(at, pick(next, others, words[at] ?? "")).join("");
}

function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z_]\w*|\d+|'[^'\n]*'|\s+|./gsu) ?? [];
}

function kindOf(word: string): string {
  return /^[A-Za-z_]/.test(word)
    ? "name"
    : /^\d/.test(word)
      ? "number"
      : word.startsWith("'")
        ? "string"
        : /^[-+*/%<>=!&|^~]/.test(word)
          ? "operator"
          : word;
}

/** Runs a program and says what is wrong with how it ended: only values and the language's own errors with a place are right. */
function problemOf(code: string): string | undefined {
  const importer = memoryImporter({ "lib.libsonnet": "{ twice(x):: x * 2 }" });
  try {
    evaluate({ code }, { importer, maxStack: 100, maxSteps: 5000 });
  } catch (error) {
    if (!(error instanceof JsonnetError)) return `a host error: ${error instanceof Error ? error.stack : String(error)}`;
    if (error.kind === "static" && error.span === undefined) return `a static error without a place: ${error.message}`;
    if (error.kind === "runtime" && error.trace.length === 0) return `a run-time error without a trace: ${error.message}`;
    if (!/^(RUNTIME|STATIC) ERROR: /.test(error.format())) return `no report: ${error.format()}`;
  }
  return undefined;
}

/** The first program of a run that ends wrongly, with what is wrong. */
export function findProblem(seed: number, runs: number): { code: string; problem: string } | undefined {
  const next = numbers(seed);
  for (let run = 0; run < runs; run++) {
    const code = mutate(next);
    const problem = problemOf(code);
    if (problem !== undefined) return { code, problem };
  }
  return undefined;
}
