import { describe, expect, it } from "vitest";
import { complaintOf, valueOf } from "./programs.ts";

const data = "{ list: [1, { a: true, b: [] }, [2, ['x']]], text: 'two\\nlines\\n', none: null, empty: {}, half: 0.5, h:: 1 }";

describe("JSON", () => {
  it.each([
    ["std.manifestJson({ a: [1], b: [], c: {} })", '{\n    "a": [\n        1\n    ],\n    "b": [\n\n    ],\n    "c": {\n\n    }\n}'],
    ["std.manifestJsonMinified({ a: [1, 0.1], b: [], c: {} })", '{"a":[1,0.1],"b":[],"c":{}}'],
    ["std.manifestJsonEx({ x: [1, 'a'] }, '', ' ', ' : ')", '{ "x" : [ 1, "a" ] }'],
    ["std.manifestJsonEx([], ' ')", "[\n\n]"],
    ["std.manifestJsonEx({ x: [1] }, indent='\\t')", '{\n\t"x": [\n\t\t1\n\t]\n}'],
  ])("%s", (code, text) => {
    expect(valueOf(code)).toBe(text);
  });
});

describe("YAML", () => {
  it.each([
    [
      `std.manifestYamlDoc(${data})`,
      `"empty": {}\n"half": 0.5\n"list":\n- 1\n- "a": true\n  "b": []\n-\n  - 2\n  -\n    - "x"\n"none": null\n"text": |\n  two\n  lines`,
    ],
    [
      `std.manifestYamlDoc(${data}, indent_array_in_object=true, quote_keys=false)`,
      `empty: {}\nhalf: 0.5\nlist:\n  - 1\n  - a: true\n    b: []\n  -\n    - 2\n    -\n      - "x"\nnone: null\ntext: |\n  two\n  lines`,
    ],
    ["std.manifestYamlDoc([0.1, 1e21, 1e-7, -0.0, 1.5e300 > 1])", "- 0.1\n- 1000000000000000000000\n- 0.0000001\n- -0\n- true"],
    ["std.manifestYamlDoc('a\\nb')", '"a\\nb"'],
    ["std.manifestYamlDoc('')", '""'],
    ["std.manifestYamlDoc([{ a: 'x\\n\\ny\\n' }])", '- "a": |\n    x\n    \n    y'],
    ["std.manifestYamlStream(['a', 1, []])", '---\n"a"\n---\n1\n---\n[]\n...\n'],
    ["std.manifestYamlStream([{ a: 1 }], c_document_end=false, quote_keys=false)", "---\na: 1\n"],
    ["std.manifestYamlStream([])", "---\n\n...\n"],
  ])("%s", (code, text) => {
    expect(valueOf(code)).toBe(text);
  });

  it("quotes the keys that a reader would take for something else", () => {
    const bare = ["a", "a-b", "a/b.c", "1-2-3-4", "1-2", "1_", "1e5.", "192.168.0.1", "0X_0a", "x1e5", "e", "b", "ba", "1e5x"];
    const quoted = [
      "",
      "yes",
      "On",
      "NULL",
      "y",
      "1",
      "-1",
      "1_000",
      "0b11",
      "-0x1f",
      "1.5",
      "2001-01-01",
      "a b",
      "a:b",
      "é",
      "---",
      "-",
      ".inf",
    ];
    const keyOf = (key: string): unknown =>
      valueOf("std.manifestYamlDoc({ [std.extVar('key')]: 1 }, quote_keys=false)", { extVars: { key } });
    expect(bare.filter((key) => keyOf(key) !== `${key}: 1`)).toEqual([]);
    expect(quoted.filter((key) => keyOf(key) !== `${JSON.stringify(key)}: 1`)).toEqual([]);
  });
});

describe("others", () => {
  it.each([
    [
      "std.manifestTomlEx({ k: 'v', n: 1, 'sp ace': [1, [2, { a: 1 }], []], sec: { x: true, sub: { y: 2 }, none: {} }, rows: [{ a: 1 }, {}] }, '  ')",
      'k = "v"\nn = 1\n"sp ace" = [\n  1,\n  [ 2, { a = 1 } ],\n  []\n]\n\n[[rows]]\n  a = 1\n\n[[rows]]\n\n[sec]\n  x = true\n\n  [sec.none]\n\n  [sec.sub]\n    y = 2',
    ],
    ["std.manifestToml({ a: { b: 'c' } })", '\n\n[a]\n  b = "c"'],
    [
      "std.manifestIni({ main: { a: '1', b: [2, true] }, sections: { s: { x: 'y' }, e: {} } })",
      "a = 1\nb = 2\nb = true\n[e]\n[s]\nx = y\n",
    ],
    ["std.manifestPython({ b: ['x', 1.5], c: true, d: null, e: {} })", '{"b": ["x", 1.5], "c": True, "d": None, "e": {}}'],
    ["std.manifestPythonVars({ b: [false], c: 'x' })", 'b = [False]\nc = "x"\n'],
    [
      "std.manifestXmlJsonml(['svg', { h: 1, w: 'x' }, 'text', ['br'], ['g', ['r', { a: 1 }]]])",
      '<svg h="1" w="x">text<br></br><g><r a="1"></r></g></svg>',
    ],
  ])("%s", (code, text) => {
    expect(valueOf(code)).toBe(text);
  });
});

describe("errors", () => {
  it.each([
    ["std.manifestTomlEx({ a: [null] }, '')", 'Tried to manifest "null" at [a 0]'],
    ["std.manifestToml([])", "TOML body must be an object. Got array"],
    ["std.manifestYamlStream({})", "manifestYamlStream only takes arrays, got object"],
    ["std.manifestXmlJsonml('x')", "Expected a JSONML value (an array), got string"],
    ["std.manifestPython(std.id)", "cannot manifest function"],
    ["std.manifestYamlDoc({ a: std.id })", "Tried to manifest function"],
    ["std.manifestJsonEx(std.id, '')", "couldn't manifest function as JSON"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });
});
