import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { execute } from "../src/command/execute.ts";

let directory = "";
const at = (name: string): string => join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "jsonnet-command-"));
  const files = {
    "main.jsonnet": "{ lib: import 'lib.libsonnet', name: std.extVar('name') }",
    "one/lib.libsonnet": "'one'",
    "two/lib.libsonnet": "'two'",
    "text.txt": "some text\n",
    "code.jsonnet": "{ sum: 1 + 1 }",
    "multi.jsonnet": "{ 'b.json': { x: 1 }, 'a.txt': 'text' }",
    "deep.jsonnet": "{ 'sub/dir/x.json': 1 }",
    "it's.txt": "quote",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, ".."), { recursive: true });
    writeFileSync(at(name), text);
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}, stdin = ""): Promise<Result> {
  let [stdout, stderr] = ["", ""];
  const streams = { stdin: () => stdin, stdout: (text: string) => (stdout += text), stderr: (text: string) => (stderr += text) };
  const code = await execute(args, env, streams, "1.2.3");
  return { code, stdout, stderr };
}

describe("results", () => {
  it.each([
    [["-e", "{ a: [1, {}, []] }"], '{\n   "a": [\n      1,\n      { },\n      [ ]\n   ]\n}\n'],
    [["--exec", "'text'"], '"text"\n'],
    [["-Se", "'text'"], "text\n"],
    [["-e", "-S", "'text'"], "text\n"],
    [["-e", "'text'", "-S"], "text\n"],
    [["-e", "--", "-1"], "-1\n"],
    [["-ye", "[1, { a: 2 }]"], '---\n1\n---\n{\n   "a": 2\n}\n...\n'],
    [["-ye", "[]"], ""],
    [["-e", "std.thisFile"], '"<cmdline>"\n'],
    [["-e", "std.parseYaml('[yes]')"], "[\n   true\n]\n"],
  ])("%j", async (args, stdout) => {
    expect(await run(args)).toEqual({ code: 0, stdout, stderr: "" });
  });

  it("reads the program from the standard input", async () => {
    expect(await run(["-"], {}, "std.thisFile + 1 + 1")).toEqual({ code: 0, stdout: '"<stdin>11"\n', stderr: "" });
  });

  it("writes to a file", async () => {
    expect(await run(["-o", at("out.json"), "-e", "1"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(at("out.json"), "utf8")).toBe("1\n");
  });

  it("prints traces on stderr, each once, also when the YAML library had to be loaded in between", async () => {
    const { stdout, stderr } = await run(["-e", "std.trace('first', std.parseYaml('a: 1')) + std.trace('second', {})"]);
    expect(stdout).toBe('{\n   "a": 1\n}\n');
    expect(stderr).toBe("TRACE: <cmdline>:1 first\nTRACE: <cmdline>:1 second\n");
  });
});

describe("several files", () => {
  it("writes each field and lists the paths in order", async () => {
    const { stdout } = await run(["-m", at("out"), "-c", at("multi.jsonnet")]);
    expect(stdout).toBe(`${at("out/a.txt")}\n${at("out/b.json")}\n`);
    expect(readFileSync(at("out/a.txt"), "utf8")).toBe('"text"\n');
  });

  it("writes strings as they are with -S", async () => {
    await run(["-S", "-m", at("strings/"), "-c", "-e", "{ 'a.txt': 'text' }"]);
    expect(readFileSync(at("strings/a.txt"), "utf8")).toBe("text\n");
  });

  it("leaves a file alone whose content stays", async () => {
    await run(["-m", at("same"), "-c", at("multi.jsonnet")]);
    utimesSync(at("same/a.txt"), 1, 1);
    await run(["-m", at("same"), at("multi.jsonnet")]);
    expect(statSync(at("same/a.txt")).mtimeMs).toBe(1000);
  });

  it("needs -c to make directories", async () => {
    const { code, stdout, stderr } = await run(["-m", at("fresh"), at("deep.jsonnet")]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("ENOENT");
    expect((await run(["-c", "-m", at("fresh"), at("deep.jsonnet")])).code).toBe(0);
    expect(readFileSync(at("fresh/sub/dir/x.json"), "utf8")).toBe("1\n");
  });
});

describe("imports and variables", () => {
  const lib = async (args: readonly string[], env: Record<string, string> = {}): Promise<unknown> => {
    const { stdout, stderr } = await run([...args, "-V", "name=x", at("main.jsonnet")], env);
    return stderr === "" ? JSON.parse(stdout).lib : stderr.split("\n", 1)[0];
  };

  it("takes the right-most -J, the left-most of JSONNET_PATH, and -J before JSONNET_PATH", async () => {
    expect(await lib(["-J", at("one"), "-J", at("two")])).toBe("two");
    expect(await lib(["-J", at("two"), `--jpath=${at("one")}`])).toBe("one");
    expect(await lib([], { JSONNET_PATH: `${at("one")}:${at("two")}` })).toBe("one");
    expect(await lib(["-J", at("two")], { JSONNET_PATH: at("one") })).toBe("two");
    expect(await lib([])).toMatch(/^RUNTIME ERROR: couldn't open import "lib.libsonnet": no match locally or in the Jsonnet library paths/);
  });

  it.each([
    [["-V", "x=1"], "1"],
    [["-V", "x"], "from the environment"],
    [["--ext-str", "x=a=b"], "a=b"],
    [["--ext-code", "x=1 + 1"], 2],
    [["--ext-code", "CODE", "-V", "x=1"], "1"],
    [["-V", "x=1", "--ext-code", "x=2"], 2],
    [["--ext-code", "x=2", "-V", "x=1"], "1"],
    [["--ext-str-file", "x=text.txt"], "some text\n"],
    [["--ext-str-file", "x=it's.txt"], "quote"],
    [["--ext-code-file", "x=code.jsonnet"], { sum: 2 }],
  ])("%j", async (args, value) => {
    const inside = args.map((arg) => arg.replace(/=(\S+\.(?:txt|jsonnet))$/, (_, name: string) => `=${at(name)}`));
    const { stdout, stderr } = await run([...inside, "-e", "std.extVar('x')"], { x: "from the environment", CODE: "5" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(value);
  });

  it.each([
    [
      ["-A", "a=1", "--tla-code", "b=[2]"],
      ["1", [2]],
    ],
    [
      ["--tla-str", "a", "--tla-code", "b"],
      ["from a", 7],
    ],
    [
      ["--tla-str-file", "a=text.txt", "--tla-code-file", "b=code.jsonnet"],
      ["some text\n", { sum: 2 }],
    ],
  ])("%j", async (args, value) => {
    const inside = args.map((arg) => arg.replace(/=(\S+\.(?:txt|jsonnet))$/, (_, name: string) => `=${at(name)}`));
    const { stdout } = await run([...inside, "-e", "function(a, b) [a, b]"], { a: "from a", b: "7" });
    expect(JSON.parse(stdout)).toEqual(value);
  });
});

describe("errors", () => {
  it("give exit code 1, nothing on stdout and a report that begins with the message", async () => {
    expect(await run(["-e", "{ a: error 'bad' }"])).toEqual({
      code: 1,
      stdout: "",
      stderr: 'RUNTIME ERROR: bad\n\t<cmdline>:1:6-17\tobject <anonymous>\n\tField "a"\n\tDuring manifestation\n',
    });
    expect(await run(["-e", "1 +\n(2"])).toEqual({
      code: 1,
      stdout: "",
      stderr: 'STATIC ERROR: <cmdline>:2:3 Expected token ")" but got end of file\n',
    });
  });

  it("write no file when a part of the result fails", async () => {
    const { code } = await run(["-c", "-m", at("none"), "-e", "{ a: 1, b: error 'x' }"]);
    expect(code).toBe(1);
    expect(() => statSync(at("none"))).toThrow("ENOENT");
  });

  it("obey --max-trace and --max-stack", async () => {
    const deep = "local f(n) = if n == 0 then error 'end' else 1 + f(n - 1); f(30)";
    expect((await run(["-t", "4", "-e", deep])).stderr.split("\n")).toHaveLength(1 + 4 + 1 + 1);
    expect((await run(["-t", "0", "-e", deep])).stderr.split("\n")).toHaveLength(1 + 32 + 1 + 1);
    expect((await run(["-s", "20", "-e", deep])).stderr).toMatch(/^RUNTIME ERROR: max stack frames exceeded\./);
    expect((await run(["--max-stack", "5000", "-e", deep.replace("30", "1000").replace("error 'end'", "0")])).stdout).toBe("1000\n");
  });

  it.each([
    [[], "must give filename"],
    [["-e"], "must give code"],
    [["a", "b"], "only one filename is allowed"],
    [["-e", "1", "2"], "only one code is allowed"],
    [["--nope", "x"], "Unknown option '--nope'"],
    [["-s", "0", "x"], "invalid --max-stack value: 0"],
    [["-t", "x", "x"], "invalid --max-trace value: x"],
    [["-V", "UNSET", "-e", "1"], "environment variable UNSET was undefined"],
    [["--ext-str-file", "x", "-e", "1"], 'argument not in form <var>=<file> "x"'],
    [["-J", "", "-e", "1"], "--jpath argument was empty string"],
  ])("%j: %s", async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n", 1)[0]).toContain(`ERROR: ${message}`);
  });

  it("name a file that is not there", async () => {
    expect((await run(["nowhere.jsonnet"])).stderr).toMatch(/^RUNTIME ERROR: couldn't open import "nowhere.jsonnet"/);
  });
});

it("prints its help and its version", async () => {
  expect((await run(["--help"])).stdout).toMatch(/^Usage: jsonnet /);
  expect(await run(["--version"])).toEqual({ code: 0, stdout: "Jsonnet commandline interpreter (sukima) v1.2.3\n", stderr: "" });
});
