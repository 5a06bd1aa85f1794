import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../record.ts";
import { requiredLiteral } from "./literal.ts";
import { compileFilter, type FilterSettings } from "./record-filter.ts";

const nothing: FilterSettings = { grep: [], grepV: [], ignoreCase: false, key: [], where: [] };

const record = (data: string | Uint8Array, key: string | null = "k"): StreamRecord => ({
  stream: "s",
  shard: "a",
  sequence: "1",
  sub: null,
  key,
  explicitHashKey: null,
  arrivedAtMs: 0,
  data: Buffer.from(data),
});

/** Which of the payloads pass. */
const passing = (settings: Partial<FilterSettings>, ...payloads: readonly (string | Uint8Array)[]): (string | Uint8Array)[] => {
  const test = compileFilter({ ...nothing, ...settings });
  return payloads.filter((payload) => test?.(record(payload)) ?? true);
};

it("is no test at all when no flag is given", () => {
  expect(compileFilter(nothing)).toBeUndefined();
});

describe("-grep and -grep-v", () => {
  it("keep what one pattern matches, without what another matches", () => {
    const payloads = ["error: disk", "error: debug", "warn: disk", "info"];
    expect(passing({ grep: ["error", "^warn"] }, ...payloads)).toEqual(["error: disk", "error: debug", "warn: disk"]);
    expect(passing({ grep: ["error", "^warn"], grepV: ["debug$", "info"] }, ...payloads)).toEqual(["error: disk", "warn: disk"]);
    expect(passing({ grepV: ["disk"] }, ...payloads)).toEqual(["error: debug", "info"]);
  });

  it("take case into account unless -i is given", () => {
    expect(passing({ grep: ["Error"] }, "error", "Error")).toEqual(["Error"]);
    expect(passing({ grep: ["Error"], ignoreCase: true }, "error", "Error")).toEqual(["error", "Error"]);
    expect(passing({ grepV: ["É"], ignoreCase: true }, "é", "e")).toEqual(["e"]);
  });

  it("anchor at line ends, as grep does", () => {
    expect(passing({ grep: ["^b$"] }, "a\nb\n", "ab")).toEqual(["a\nb\n"]);
  });

  it("see invalid UTF-8 as replaced", () => {
    const invalid = Uint8Array.of(0x61, 0xff, 0x62);
    expect(passing({ grep: ["a.b"] }, invalid)).toEqual([invalid]);
    expect(passing({ grep: ["\ufffd"] }, invalid)).toEqual([invalid]);
    expect(passing({ grep: ["b"] }, invalid)).toEqual([invalid]);
  });

  it("need no backslash before the brace of JSON, and accept needless ones", () => {
    expect(passing({ grep: ['{"level":\\"error\\"'] }, '{"level":"error"}', "{}")).toEqual(['{"level":"error"}']);
  });

  it.each([
    ["(a", "at 1: Unterminated group"],
    ["(a)(b", "at 4: Unterminated group"],
    ["ab[c", "at 3: Unterminated character class"],
    ["a)b", "at 2: Unmatched ')'"],
    ["*", "at 1: Nothing to repeat"],
    ["a\\", "at 2: \\ at end of pattern"],
  ])("refuse %s with the position", (source, problem) => {
    const message = `-grep ${JSON.stringify(source)}: ${problem}`;
    expect(() => compileFilter({ ...nothing, grep: [source] })).toThrow(expect.objectContaining({ exit: 2, message }));
  });

  it("name the flag that brought a broken pattern", () => {
    expect(() => compileFilter({ ...nothing, grepV: ["[b"] })).toThrow(/^-grep-v "\[b": /);
    expect(() => compileFilter({ ...nothing, key: ["*"] })).toThrow(/^-key "\*": /);
  });
});

describe("the text that is looked for before a pattern runs", () => {
  it.each([
    ["error", "error"],
    ["level=error .* user", "level=error "],
    ["^start", "start"],
    ["colou?r", "colo"],
    ["ab*cde", "cde"],
    ["a\\.b", "a.b"],
    ["x+yz", "yz"],
    ["\\d+ms", "ms"],
    ["ab+", "ab"],
    ["a|b", ""],
    ["(ab)", ""],
    ["[ab]c", ""],
    ["abc{0}", ""],
    ["\\x41BC", ""],
    ["a😀?bc", "bc"],
    ["\ufffd", ""],
  ])("of %s is %j", (source, literal) => {
    expect(requiredLiteral(source)).toBe(literal);
  });

  it("never changes the answer", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      "é",
      "😀",
      ".",
      "*",
      "?",
      "+",
      "^",
      "$",
      "\\.",
      "\\d",
      "{2}",
      "{",
      "}",
      "1",
      "\\b",
      "\\ud83d",
      "\\/",
      "]",
    );
    const payload = fc.array(fc.constantFrom("a", "b", "é", "😀", ".", "1", "{", "}", "\n", "/", "]"), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), payload, (pieces, parts) => {
        const [source, text] = [pieces.join(""), parts.join("")];
        const flags = ["mu", "m"].find((each) => isPattern(source, each));
        fc.pre(flags !== undefined);
        expect(passing({ grep: [source] }, text).length > 0).toBe(new RegExp(source, flags).test(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

function isPattern(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

it("-key keeps the records whose partition key one pattern matches", () => {
  const test = compileFilter({ ...nothing, key: ["^user-1", "9$"] });
  expect(["user-12", "user-29", "user-3", null].filter((key) => test?.(record("x", key)))).toEqual(["user-12", "user-29"]);
});

const order = '{"level":"error","n":10,"big":"250","ok":true,"none":null,"at":"2026-11-23T10:00:00Z","a":{"b":[{"c.d":1},2]},"":0}';

describe("-where", () => {
  it.each([
    "level = error",
    "level=error",
    'level = "error"',
    "level != debug",
    "missing != debug",
    "n = 10",
    "n = 10.0",
    "n > 9",
    "n >= 10",
    "n <= 10",
    "n < 1e2",
    "big > 30",
    "ok = true",
    "none = null",
    "none exists",
    "at > 2026-11-23T09",
    "at < 2026-11-24",
    "level ~ ^err",
    "level ~^err",
    "at != =5",
    "n ~ ^1",
    "a.b[1] = 2",
    'a.b[0]."c.d" = 1',
    '"level" = error',
    '"" = 0',
    "a exists",
    "  level  =  error  ",
  ])("%s holds", (clause) => {
    expect(passing({ where: [clause] }, order)).toEqual([order]);
  });

  it.each([
    "level = debug",
    "level != error",
    'n = "10"',
    'n < "9"',
    "n > ten",
    "big > 300",
    "ok > 1",
    "missing exists",
    "missing = x",
    "missing < 5",
    "a = x",
    "a ~ b",
    "a.b.c exists",
    "a.b[2] exists",
    "a[0] exists",
    "level.length exists",
    "a.b.length exists",
    "toString exists",
    "__proto__ exists",
  ])("%s does not hold", (clause) => {
    expect(passing({ where: [clause] }, order)).toEqual([]);
  });

  it("takes whole numbers as they are written, however long they are", () => {
    const [one, next] = ['{"id":9007199254740992}', '{"id":9007199254740993}'] as const;
    const texts = [one, next, '{"id":"9007199254740993"}', '{"id":9.5}'];
    expect(passing({ where: ["id = 9007199254740993"] }, ...texts)).toEqual(texts.slice(1, 3));
    expect(passing({ where: ["id != 9007199254740993"] }, ...texts)).toEqual([one, '{"id":9.5}']);
    expect(passing({ where: ["id < 9007199254740993"] }, ...texts)).toEqual([one, '{"id":9.5}']);
    expect(passing({ where: ["id > 9007199254740992"] }, ...texts)).toEqual(texts.slice(1, 3));
    expect(passing({ where: ["id ~ 3$"] }, ...texts)).toEqual(texts.slice(1, 3));
  });

  it("holds only when all clauses do", () => {
    expect(passing({ where: ["n > 1", "level = error"] }, order, '{"n":2}')).toEqual([order]);
  });

  it("reads lists, and leaves out what is neither list nor object, even for !=", () => {
    expect(passing({ where: ["[0].a != 2"] }, '[{"a":1}]', ' {"a":1}', "plain", "3", '{"a":', "")).toEqual(['[{"a":1}]', ' {"a":1}']);
  });

  it.each([
    ["", "at 1: expected a path"],
    ["= 3", "at 1: expected a path"],
    ["a", 'at 2: expected one of = != < <= > >= ~ exists, got ""'],
    ["a..b = 1", "at 3: expected a name"],
    ["a. = 1", "at 3: expected a name"],
    ["a[x] = 1", "at 3: expected an index such as [0]"],
    ["a b = 1", 'at 3: expected one of = != < <= > >= ~ exists, got "b"'],
    ["a == 1", 'at 3: expected one of = != < <= > >= ~ exists, got "=="'],
    ["a !~ 1", 'at 3: expected one of = != < <= > >= ~ exists, got "!~"'],
    ["a ~=1", 'at 3: expected one of = != < <= > >= ~ exists, got "~="'],
    ["a exists 1", 'at 3: expected one of = != < <= > >= ~ exists, got "exists"'],
    ["a =", 'at 4: expected a value; the empty text is ""'],
    ['a = "b', "at 5: the quote is not closed"],
    ['a = "b" c', 'at 8: " c" is left over'],
    ['a = "\\q"', "at 5: not a text in JSON's quotes"],
  ])("refuses %j with the position", (clause, problem) => {
    const message = `-where ${JSON.stringify(clause)}: ${problem}`;
    expect(() => compileFilter({ ...nothing, where: [clause] })).toThrow(expect.objectContaining({ exit: 2, message }));
  });

  it("refuses a broken pattern", () => {
    expect(() => compileFilter({ ...nothing, where: ["a ~ ("] })).toThrow(/^-where "\(": /);
  });
});
