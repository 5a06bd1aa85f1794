import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../support/in-process.ts";

let aws: Rehearsal;
beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/a": "hunter2", "/p/b": "swordfish" } } });
});
afterAll(() => aws.stop());

describe("is refused before anything is fetched, exit 2:", () => {
  it.each([
    ["no command", ["-paths=/p"], {}, "no command to become"],
    ["an unknown flag, with the nearest", ["-pathz=/p", "--", "x"], {}, "unknown flag -pathz; did you mean -paths?"],
    ["a flag without its value", ["-paths"], {}, "flag -paths needs a value"],
    ["bad flag syntax", ["---paths", "--", "x"], {}, "bad flag syntax: ---paths"],
    ["a bad boolean", ["-strict=maybe", "--", "x"], {}, '-strict: expected true or false, got "maybe"'],
    ["a bad duration", ["-timeout=5", "--", "x"], {}, '-timeout: expected a duration such as 30s, 500ms or 2m, got "5"'],
    ["a bad number", ["-retries=-1", "--", "x"], {}, '-retries: expected a whole number of at least 0, got "-1"'],
    ["an unknown choice", ["-print=xml"], {}, '-print: expected one of dotenv, json, export, fish, names, got "xml"'],
    ["an unknown rule key, with the nearest", ["-env", "path=/p/a,prefx=X", "--", "x"], {}, 'unknown key "prefx"; did you mean prefix?'],
    ["a rule key that stands twice", ["-env", "path=/p/a,path=/p/b", "--", "x"], {}, "path stands twice"],
    ["to= on a wildcard", ["-env", "path=/p/*,to=X", "--", "x"], {}, "to needs a single parameter"],
    ["three stars", ["-env", "path=/p/***/*", "--", "x"], {}, "a star may stand only at the end"],
    ["a star in the middle", ["-env", "path=/p/*/x", "--", "x"], {}, "a star may stand only at the end"],
    ["a name with a space", ["-names=/p/a b", "--", "x"], {}, "a parameter name has letters, digits and .-_/ only"],
    ["the whole store", ["-env", "path=/**/*", "--", "x"], {}, "this is the whole parameter store"],
    ["the whole store of v1", ["-paths=/", "--", "x"], {}, "this is the whole parameter store"],
    ["mixed -file dialects", ["-file", "path=/p/a,to=/x,Mode=0600", "--", "x"], {}, "mixes the keys of v1 (Mode) and v2 (path)"],
    ["a -file wildcard", ["-file", "path=/p/*,to=/x", "--", "x"], {}, "a file takes a single parameter"],
    ["a bad mode", ["-file", "path=/p/a,to=/x,mode=rw", "--", "x"], {}, 'mode: expected octal digits such as 0600, got "rw"'],
    ["an owner that is none", ["-file", "path=/p/a,to=/x,uid=-1", "--", "x"], {}, 'uid: expected a number or a name, got "-1"'],
    ["-kill-after without -supervise", ["-paths=/p", "-kill-after=1s", "--", "x"], {}, "-kill-after has no meaning without -supervise"],
    ["-rule without a type", ["-rule", "path=/p/a", "--", "x"], {}, "type=env or type=file is missing"],
    ["a file key on a variable", ["-env", "path=/p/a,mode=0600", "--", "x"], {}, "mode has no meaning for type=env"],
    ["an open quote", ["-env", 'path=/p/a,prefix="x', "--", "x"], {}, "a quoted value has no closing quote"],
    ["a bad SSMWRAP_ENV", ["--", "x"], { SSMWRAP_ENV: "pth=/x" }, 'unknown key "pth"; did you mean path?'],
    ["a bad SSMWRAP_TIMEOUT, named", ["-paths=/p", "--", "x"], { SSMWRAP_TIMEOUT: "soon" }, "SSMWRAP_TIMEOUT: expected a duration"],
    ["a bad AWS_MAX_ATTEMPTS", ["-paths=/p", "--", "x"], { AWS_MAX_ATTEMPTS: "many" }, "AWS_MAX_ATTEMPTS: expected a whole number"],
    ["an endpoint that is no URL", ["-paths=/p", "-endpoint-url", "localhost:1", "--", "x"], {}, "is not an http or https URL"],
  ])("%s", async (_what, argv, env, sentence) => {
    const before = aws.journal.length;
    const { code, out, err } = await run(aws, argv, { env });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
    expect(err).toContain("usage: ssmwrap [flags] -- command [argument ...]");
    expect(aws.journal).toHaveLength(before);
  });
});

it("exits 1 without any rule, as the original does", async () => {
  const { code, err } = await run(aws, ["--", "true"]);
  expect(code).toBe(1);
  expect(err).toContain("there is no rule");
});

it.each([
  ["an empty SSMWRAP_PATHS", ["-print=json"], { SSMWRAP_PATHS: "" }],
  ["an empty -paths", ["-print=json", "-paths="], {}],
])("goes on with %s, and says so in exactly one line", async (_what, argv, env) => {
  expect(await run(aws, argv, { env })).toMatchObject({
    code: 0,
    out: "{}\n",
    err: "ssmwrap: warning: -paths or -names is empty: nothing is fetched\n",
  });
});

it("never takes -version, -help, -print, -dry-run, -check or -yes from the environment", async () => {
  const env = {
    SSMWRAP_VERSION: "1",
    SSMWRAP_HELP: "1",
    SSMWRAP_PRINT: "json",
    SSMWRAP_DRY_RUN: "1",
    SSMWRAP_CHECK: "1",
    SSMWRAP_YES: "1",
  };
  const { code, err } = await run(aws, ["-paths=/p"], { env });
  expect([code, err.includes("no command to become")]).toEqual([2, true]);
});

it("answers -help on stdout with examples and exit codes, and -version", async () => {
  const help = await run(aws, ["-help"]);
  expect([help.code, help.err]).toEqual([0, ""]);
  for (const part of ["usage: ssmwrap [flags] -- command", "Examples:", "Exit codes:", "-paths A,B", "SSMWRAP_PATHS"])
    expect(help.out).toContain(part);
  expect((await run(aws, ["-h"])).out).toBe(help.out);
  expect(await run(aws, ["--version"])).toMatchObject({ code: 0, out: "ssmwrap 0.0.0\n" });
});

it("writes every line of stderr as JSON with -log-format json, errors of the command line included", async () => {
  const runs = await Promise.all([
    run(aws, ["-log-format", "json", "-paths=/p,/none", "-print=json", "-log-level=debug"]),
    run(aws, ["-log-format=json", "-nope"]),
    run(aws, ["-nope"], { env: { SSMWRAP_LOG_FORMAT: "json" } }),
    run(aws, ["-log-format=json", "-names=/none", "-strict", "-print=json"]),
  ]);
  for (const { err } of runs) {
    const lines = err
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatchObject({ tool: "ssmwrap", level: expect.any(String), msg: expect.any(String) });
  }
});

describe("what is missing", () => {
  const missing = ["-names=/p/a,/p/NOPE,/p/a:9", "-paths=/none/"];

  it("is warned of by name, with its selector, and the rest is set", async () => {
    const { code, out, err } = await run(aws, ["-print=names", ...missing]);
    expect([code, out]).toEqual([0, "A\n"]);
    expect(err).toBe("ssmwrap: warning: not found: /none/, /p/NOPE, /p/a:9\n");
  });

  it("is fatal with -strict", async () => {
    const { code, out, err } = await run(aws, ["-print=names", "-strict", ...missing]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("ssmwrap: error: not found: /none/, /p/NOPE, /p/a:9\n");
  });

  it("is fatal for a rule with required=true", async () => {
    const { code, err } = await run(aws, ["-print=names", "-env", "path=/p/NOPE,required=true", "-env", "path=/p/ALSO"]);
    expect([code, err.split("\n")[0]]).toEqual([1, "ssmwrap: error: not found: /p/NOPE"]);
  });

  it("is silent with a default, even with -strict", async () => {
    expect(await run(aws, ["-print=json", "-strict", "-env", "path=/p/NOPE,default="])).toMatchObject({
      code: 0,
      out: '{\n  "NOPE": ""\n}\n',
      err: "",
    });
  });

  it("fails -check, which prints names and misses but no value", async () => {
    const { code, out } = await run(aws, ["-check", ...missing]);
    expect([code, out]).toEqual([1, "ok A\nmissing /none/\nmissing /p/NOPE\nmissing /p/a:9\n"]);
    expect(await run(aws, ["-check", "-paths=/p"])).toMatchObject({ code: 0, out: "ok A\nok B\n", err: "" });
  });
});

it("shows sources and sizes, never values, with -dry-run", async () => {
  const { code, out } = await run(aws, ["-dry-run", "-paths=/p", "-file", "path=/p/b,to=/run/b,mode=0400"]);
  expect(code).toBe(0);
  expect(out).toBe("A <- /p/a (version 1, 7 bytes)\nB <- /p/b (version 1, 9 bytes)\n/run/b <- /p/b (version 1, 9 bytes, mode 0400)\n");
});

it("refuses to print secrets on a terminal unless confirmed; names are no secret", async () => {
  const terminal = { terminal: true };
  expect(await run(aws, ["-print=json", "-paths=/p"], terminal)).toMatchObject({ code: 2, out: "" });
  expect(await run(aws, ["-print=json", "-yes", "-paths=/p"], terminal)).toMatchObject({ code: 0 });
  expect(await run(aws, ["-print=names", "-paths=/p"], terminal)).toMatchObject({ code: 0, out: "A\nB\n" });
});

it("reads -- and a second -- as the end of flags, and leaves later dashes to the command", async () => {
  for (const argv of [
    ["-paths=", "-dry-run", "--", "--", "x", "-paths"],
    ["-paths=", "-dry-run", "x", "-nope"],
    ["-paths=", "-dry-run", "-", "-nope"],
  ]) {
    expect(await run(aws, argv)).toMatchObject({ code: 0 });
  }
});
