import { describe, expect, it } from "vitest";
import { complaintOf, reportOf, textOf, valueOf } from "./programs.ts";

it.each([
  ["local a = 1, b = a + 1; b", 2],
  ["local a = b + 1, b = 1; a", 2],
  ["local x = 1; local x = 2; x", 2],
  [
    "local f(x, y=x + 1) = [x, y]; [f(1), f(1, 5), f(y=0, x=9)]",
    [
      [1, 2],
      [1, 5],
      [9, 0],
    ],
  ],
  ["local f(a=b, b=2) = [a, b]; f()", [2, 2]],
  ["(function(x) x * x)(4)", 16],
  ["local adder(n) = function(x) x + n; adder(3)(4)", 7],
  ["local even(n) = if n == 0 then true else odd(n - 1), odd(n) = if n == 0 then false else even(n - 1); even(100)", true],
  ["local f(x,) = x; f(1,)", 1],
  ["std.length(function(a, b, c=1) null)", 3],
  ["local fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2); fib(20)", 6765],
  ["(function(self_) self_)(1)", 1],
  ["local apply(f, x) = f(x); apply(std.floor, 1.5)", 1],
  ["{ f(x):: x + self.y, y: 1, z: self.f(2) }.z", 3],
  ["assert true : 'fine'; 1", 1],
  ["local a = [std.mod(x, 3) for x in [5]]; a", [2]],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

describe("laziness", () => {
  it.each([
    "local unused = error 'never'; 1",
    "(function(x) 1)(error 'never')",
    "(function(x=error 'never') 1)()",
    "[1, error 'never'][0]",
    "{ a: 1, b: error 'never' }.a",
    "local x = [1] + [error 'never']; x[0]",
    "std.length([error 'never']) ",
    "std.foldl(function(a, b) 1, [error 'never'], error 'never')",
    "std.map(function(x) error 'never', [1, 2])[1:1] == [] && true || 1 == 1",
    "std.get({ a: 1 }, 'a', error 'never')",
    "std.objectFields({ a: error 'never' })[0] == 'a' && true",
  ])("%s", (code) => {
    expect([1, true]).toContainEqual(valueOf(code));
  });

  it("evaluates a variable once", () => {
    const lines: string[] = [];
    expect(valueOf("local x = std.trace('once', 21); x + x", { onTrace: (line) => lines.push(line) })).toBe(42);
    expect(lines).toEqual(["TRACE: <snippet>:1 once"]);
  });

  it("evaluates a field once for each object", () => {
    const lines: string[] = [];
    valueOf("local o = { a: std.trace('a', 1), b: self.a + self.a }; [o.a, o.b, o + { c: 1 }]", { onTrace: (line) => lines.push(line) });
    expect(lines).toHaveLength(2);
  });
});

describe("errors", () => {
  it.each([
    ["local f(x) = x; f()", "Missing argument: x"],
    ["local f(x) = x; f(1, 2)", "function expected 1 positional argument(s), but got 2"],
    ["local f(x) = x; f(1, x=2)", "Argument x already provided"],
    ["local f(x) = x; f(y=2)", "function has no parameter y"],
    ["std.length()", "Missing argument: x"],
    ["local f(x) = x; f(x=1, 2)", "Positional argument after a named argument is not allowed"],
    ["function(x, x) x", "Duplicate function parameter: x"],
    ["local x = 1, x = 2; x", "Duplicate local var: x"],
    ["local x = 1; y", "Unknown variable: y"],
    ["self", "Can't use self outside of an object."],
    ["super.x", "Can't use super outside of an object."],
    ["$", "No top-level object found."],
    ["assert 1 == 2; 3", "Assertion failed"],
    ["assert 1 == 2 : 'because %d' % 5; 3", "because 5"],
    ["error { a: 1 }", '{"a": 1}'],
    ["function(x) x", "Missing argument: x"],
    ["[function() 1]", "couldn't manifest function as JSON"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });

  it("finds unknown variables in code that never runs", () => {
    expect(complaintOf("local f() = nope; 1")).toBe("Unknown variable: nope");
  });

  it("traces calls by name, innermost first, and ends with the phase", () => {
    const report = reportOf("local inner(x) = error 'deep ' + x;\nlocal outer(x) = inner(x) + 1;\nouter(5)");
    expect(report).toBe(
      [
        "RUNTIME ERROR: deep 5",
        "\ttest.jsonnet:1:18-35\tfunction <inner>",
        "\ttest.jsonnet:2:18-26\tfunction <outer>",
        "\ttest.jsonnet:3:1-9\t$",
        "\tDuring evaluation",
      ].join("\n"),
    );
  });

  it("forgets the calls that have returned", () => {
    const report = reportOf("local f(n) = if n == 0 then std.length(std.map(std.id, [1])) else f(n - 1);\nf(20) + error 'x'");
    expect(report).toBe("RUNTIME ERROR: x\n\ttest.jsonnet:2:9-18\t$\n\tDuring evaluation");
  });

  it("names fields and elements on the way to the output", () => {
    const report = reportOf("{ a: [1, { 'b c': error 'x' }] }");
    expect(report).toBe(
      [
        "RUNTIME ERROR: x",
        "\ttest.jsonnet:1:19-28\tobject <anonymous>",
        '\tField "b c"',
        "\tArray element 1",
        '\tField "a"',
        "\tDuring manifestation",
      ].join("\n"),
    );
  });
});

describe("depth", () => {
  const recursion = (depth: number): string => `local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(${depth})`;

  it("allows 500 frames and no more", () => {
    expect(valueOf(recursion(490))).toBe(490);
    expect(complaintOf(recursion(510))).toBe("max stack frames exceeded.");
  });

  it("cuts the middle out of a long trace", () => {
    const lines = reportOf(recursion(510)).split("\n");
    expect(lines).toHaveLength(22);
    expect(lines[11]).toBe("\t...");
  });

  it("goes as deep as maxStack says, whatever the host's stack", () => {
    expect(valueOf(recursion(1000), { maxStack: 5000 })).toBe(1000);
    expect(valueOf(recursion(200_000), { maxStack: 1_000_000 })).toBe(200_000);
  });

  it.each([
    ["fields", "local f(n) = { v: if n == 0 then 0 else 1 + f(n - 1).v }; f(20000).v"],
    ["thunks", "local f(n) = local x = if n == 0 then 0 else 1 + f(n - 1); x; f(20000)"],
    ["arrays", "local f(n) = [if n == 0 then 0 else 1 + f(n - 1)[0]]; f(20000)[0]"],
    ["operators", "local f(n) = if n == 0 then 0 else -(-(f(n - 1) + 1)); f(20000)"],
    ["std.foldl", "local f(n) = std.foldl(function(a, x) if n == 0 then a else a + f(n - 1), [1], 1); f(19999)"],
    ["std.filter", "local f(n) = if n == 0 then 0 else 1 + std.filter(function(x) f(n - 1) == x, [n - 1])[0]; f(20000)"],
    ["std.join and formats", "local f(n) = if n == 0 then '' else std.join('', [f(n - 1)]) + '%s' % ['x']; std.length(f(20000))"],
    ["sort keys", "local f(n) = if n == 0 then 0 else 1 + std.sort([n - 1], f)[0]; f(20000)"],
    ["mapped arrays", "local f(n) = if n == 0 then 0 else std.map(function(x) 1 + f(x), [n - 1])[0]; f(20000)"],
  ])("goes deep through %s", (_, code) => {
    expect(valueOf(code, { maxStack: 1_000_000 })).toBe(20000);
  });

  it("runs tailstrict calls without a frame for each", () => {
    expect(valueOf("local f(n, sum) = if n == 0 then sum else f(n - 1, sum + n) tailstrict; f(20000, 0)")).toBe(200010000);
  });

  it("stops at a value that needs itself", () => {
    expect(complaintOf("local x = x; x")).toBe("max stack frames exceeded.");
    expect(complaintOf("{ a: self.b, b: self.a }")).toBe("max stack frames exceeded.");
    expect(complaintOf("local a = [a]; a")).toBe("max stack frames exceeded.");
  });

  it("ends recursion through native functions in the language's own error", () => {
    expect(complaintOf("local f(n) = std.any([f(n + 1)]); f(0)", { maxStack: 10_000_000 })).toBe("max stack frames exceeded.");
  });

  it("stops a program that takes more steps than allowed", () => {
    expect(complaintOf("local f(n) = f(n + 1) tailstrict; f(0)", { maxSteps: 100_000 })).toBe("evaluation takes more than 100000 steps");
  });

  it("refuses absurd nesting with a position", () => {
    expect(reportOf("[".repeat(100_000))).toMatch(/^STATIC ERROR: test.jsonnet:1:\d+-\d+ Exceeded maximum parse depth limit\.$/);
    expect(reportOf(`${"(".repeat(5000)}1${")".repeat(5000)}`)).toMatch(/^STATIC ERROR: test.jsonnet:1:/);
  });

  it("is done in time with long rows of anything", () => {
    expect(complaintOf(`1 ${"-".repeat(1_000_000)}1`)).toBe("Exceeded maximum parse depth limit.");
    expect(textOf(`${"# note\n".repeat(200_000)}1`)).toBe("1");
    expect(textOf(`[1]${"[:]".repeat(20_000)}[0]`)).toBe("1");
    expect(complaintOf("9".repeat(1_000_000))).toBe(`Number out of range: ${"9".repeat(40)}`);
    expect(valueOf(`std.length('${"x".repeat(20_000_000)}')`)).toBe(20_000_000);
  });

  it("takes long chains of locals, else-ifs and operators", () => {
    const locals = Array.from({ length: 5000 }, (_, i) => `local v${i} = ${i === 0 ? "0" : `v${i - 1}`};`).join("\n");
    expect(textOf(`${locals} 7`)).toBe("7");
    expect(textOf(`${"assert true; ".repeat(5000)} 7`)).toBe("7");
    const branches = Array.from({ length: 5000 }, (_, i) => `if x == ${i} then ${i} else`).join(" ");
    expect(textOf(`local x = 4999; ${branches} -1`)).toBe("4999");
    expect(textOf(Array.from({ length: 20_000 }, () => "1").join(" + "))).toBe("20000");
    expect(textOf(Array.from({ length: 5000 }, () => "true").join(" && "))).toBe("true");
  });
});
