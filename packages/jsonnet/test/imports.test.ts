import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { evaluate, fileImporter, type Importer } from "../src/index.ts";
import { complaintOf, reportOf, valueOf, withFiles } from "./programs.ts";

it.each([
  ["import 'a.libsonnet'", { "a.libsonnet": "{ x: 1 }" }, { x: 1 }],
  ["(import 'dir/a.jsonnet').b", { "dir/a.jsonnet": "{ b: import 'b.jsonnet' }", "dir/b.jsonnet": "7" }, 7],
  ["(import 'dir/a.jsonnet')", { "dir/a.jsonnet": "import '../c.jsonnet'", "c.jsonnet": "std.thisFile" }, "c.jsonnet"],
  ["importstr 'text.txt'", { "text.txt": "line\nüber\n" }, "line\nüber\n"],
  ["importbin 'bytes'", { bytes: new Uint8Array([0, 255, 10]) }, [0, 255, 10]],
  ["importstr 'bad'", { bad: new Uint8Array([65, 255, 66]) }, "A\ufffdB"],
  ["import 'data.json'", { "data.json": '{"a": [1, null]}' }, { a: [1, null] }],
  ["local x = import 'never.jsonnet'; 1", {}, 1],
  ["local std = 5; import 'a'", { a: "std.length('abc')" }, 3],
])("%s", (code, files, value) => {
  expect(valueOf(code, withFiles({ ...files } as Record<string, Uint8Array | string>))).toEqual(value);
});

it("asks the importer once for each file and evaluates it once", () => {
  const asked: string[] = [];
  const lines: string[] = [];
  const importer: Importer = (path, from) => {
    asked.push(`${from || "-"} ${path}`);
    return { name: path, content: "std.trace('read', { x: 1 })" };
  };
  const code = "[(import 'a').x, (import 'a').x, import 'a', importstr 'a']";
  evaluate({ code }, { importer, onTrace: (line) => lines.push(line) });
  expect(asked).toEqual(["<snippet> a"]);
  expect(lines).toEqual(["TRACE: a:1 read"]);
});

it("lets files import each other as long as values do not", () => {
  const files = { a: "{ x: 1, y: (import 'b').z }", b: "{ z: (import 'a').x + 1 }" };
  expect(valueOf("import 'a'", withFiles(files))).toEqual({ x: 1, y: 2 });
});

describe("errors", () => {
  it("name every place that was searched", () => {
    expect(complaintOf("import 'nope/x.jsonnet'", withFiles({}))).toBe(
      'couldn\'t open import "nope/x.jsonnet": no match locally or in the Jsonnet library paths (looked at: nope/x.jsonnet, nope/x.jsonnet)',
    );
  });

  it("stop at files that need each other's values", () => {
    expect(complaintOf("import 'a'", withFiles({ a: "import 'b'", b: "import 'a'" }))).toBe("max stack frames exceeded.");
  });

  it("show the imported file for its own mistakes", () => {
    expect(reportOf("import 'a'", withFiles({ a: "1 +\n* 2" }))).toBe("STATIC ERROR: a:2:1-2 Not a unary operator: *");
    expect(reportOf("(import 'a').f()", withFiles({ a: "{ f():: error 'x' }" }))).toContain(
      "\ta:1:9-18\tfunction <f>\n\ttest.jsonnet:1:1-17\t$",
    );
  });

  it.each([
    ["import 'a' + 'b'", "Computed imports are not allowed"],
    ["import |||\n  a\n|||", "Block string literals not allowed in imports"],
    ["import 5", "Computed imports are not allowed"],
  ])("%j: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });

  it("come from a file that is invalid UTF-8 as from any other text", () => {
    expect(reportOf("import 'a'", withFiles({ a: new Uint8Array([0xff, 0x31]) }))).toMatch(
      /^STATIC ERROR: a:1:1 Could not lex the character/,
    );
  });
});

describe("fileImporter", () => {
  function makeFiles(files: Record<string, string>): string {
    const directory = mkdtempSync(join(tmpdir(), "jsonnet-import-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(directory, name, ".."), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    return directory;
  }

  it("looks beside the importing file first, then in the search paths from the last to the first", () => {
    const directory = makeFiles({
      "main.jsonnet": "[import 'here', import 'both', import 'old']",
      here: "'beside'",
      "old/here": "'old'",
      "old/both": "'old'",
      "old/old": "'old'",
      "new/both": "'new'",
    });
    const importer = fileImporter([join(directory, "old"), join(directory, "new")]);
    expect(JSON.parse(evaluate({ file: join(directory, "main.jsonnet") }, { importer }))).toEqual(["beside", "new", "old"]);
  });

  it("takes no directory for a file", () => {
    const directory = makeFiles({ "sub/x": "1" });
    expect(complaintOf(`import '${join(directory, "sub")}'`)).toContain("no match locally");
  });
});
