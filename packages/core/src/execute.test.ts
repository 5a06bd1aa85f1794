import { describe, expect, it } from "vitest";
import { type Command, defineCommand } from "./command.ts";
import { Interrupted, ToolError, usageError } from "./error.ts";
import { execute } from "./execute.ts";
import { bool, choice, int } from "./options/option.ts";
import { ReaderGone } from "./sink.ts";
import { testContext } from "./testing/index.ts";

const base = defineCommand({
  name: "tool",
  summary: "fills a gap",
  operands: "[file ...]",
  envPrefix: "TOOL_",
  options: {
    retries: int("retries", { initial: 3 }),
    strict: bool("strict"),
    "log-level": choice("log level", ["debug", "info", "warn", "error"], "warn"),
    "log-format": choice("log format", ["text", "json"], "text"),
  },
  examples: [],
  exitCodes: [["0", "done"]],
  async run({ retries }, operands, { out }) {
    out.write(`${retries} ${operands.join(" ")}\n`);
    return 7;
  },
});
const failing = (error: unknown): Command => ({
  ...base,
  async run() {
    throw error;
  },
});

async function run(command: Command, argv: string[], env: Record<string, string> = {}) {
  const ctx = testContext(env);
  const code = await execute(command, "1.2.3", argv, ctx);
  return { code, out: ctx.out.text, err: ctx.err.text };
}

const usage = "usage: tool [flags] [file ...]\nrun tool -help for the flags\n";

describe("a command", () => {
  it("gets its values and operands, and gives the exit code", async () => {
    expect(await run(base, ["-retries", "5", "a", "-b"])).toEqual({ code: 7, out: "5 a -b\n", err: "" });
  });

  it.each(["-version", "--version"])("answers %s on stdout", async (flag) => {
    expect(await run(base, [flag])).toEqual({ code: 0, out: "tool 1.2.3\n", err: "" });
  });

  it.each([["-help"], ["-h"], ["--help"], ["-retries", "x", "-help"], ["-help", "a", "b"]])(
    "answers %s %s %s on stdout, whatever else is wrong",
    async (...argv) => {
      const { code, out, err } = await run(base, argv, { TOOL_RETRIES: "x" });
      expect([code, out.startsWith("tool: fills a gap\n\nusage: tool"), err]).toEqual([0, true, ""]);
    },
  );

  it("takes -help=false for no question", async () => expect((await run(base, ["-help=false"])).code).toBe(7));

  it("never takes the question from the environment", async () => {
    expect(await run(base, [], { TOOL_HELP: "1", TOOL_VERSION: "1" })).toEqual({ code: 7, out: "3 \n", err: "" });
  });

  it("warns of a variable that is probably mistyped, and goes on", async () => {
    expect(await run(base, [], { TOOL_RETRY: "5" })).toEqual({
      code: 7,
      out: "3 \n",
      err: "tool: warning: TOOL_RETRY is unknown; did you mean TOOL_RETRIES?\n",
    });
    expect((await run(base, ["-log-level=error"], { TOOL_RETRY: "5" })).err).toBe("");
  });
});

describe("a failure", () => {
  it("of usage exits 2 and shows the usage line", async () => {
    expect(await run(base, ["-retrys", "5"])).toEqual({
      code: 2,
      out: "",
      err: `tool: error: unknown flag -retrys; did you mean -retries?\n${usage}`,
    });
    expect(await run(failing(usageError("NO_FILE", "no file", "name one")), [])).toEqual({
      code: 2,
      out: "",
      err: `tool: error: no file\ntool: hint: name one\n${usage}`,
    });
  });

  it("that a tool explains exits with its code, 1 by itself", async () => {
    expect(await run(failing(new ToolError("X", "it broke")), [])).toEqual({ code: 1, out: "", err: "tool: error: it broke\n" });
    expect((await run(failing(new ToolError("X", "it broke", { exit: 11 })), [])).code).toBe(11);
  });

  it("with several sentences has a line for each, the hint at the end", async () => {
    const error = new ToolError("X", "a is wrong", { more: ["b is wrong", "c is wrong"], hint: "look again" });
    expect((await run(failing(error), [])).err).toBe(
      "tool: error: a is wrong\ntool: error: b is wrong\ntool: error: c is wrong\ntool: hint: look again\n",
    );
  });

  it("that is not the command line's shows no usage line, though nothing was started", async () => {
    const error = new ToolError("BAD_FILE", "app.yml:3: tasks: expected a number", { exit: 2, showUsage: false });
    expect(await run(failing(error), [])).toEqual({ code: 2, out: "", err: "tool: error: app.yml:3: tasks: expected a number\n" });
  });

  it.each<[string, string[], Record<string, string>]>([
    ["by flag", ["-log-format", "json", "-strict=x"], {}],
    ["by =", ["--log-format=json", "-strict=x"], {}],
    ["by variable", ["-strict=x"], { TOOL_LOG_FORMAT: "json" }],
  ])("is JSON alone when that is asked for %s, even if the command line is what is wrong", async (_how, argv, env) => {
    const { code, err } = await run(base, argv, env);
    expect([code, err.split("\n").length]).toEqual([2, 2]);
    expect(JSON.parse(err)).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: "error",
      tool: "tool",
      msg: '-strict: expected true or false, got "x"',
    });
  });

  it("is text when a later flag says so, and what stands behind -- is none of ours", async () => {
    expect((await run(base, ["-log-format", "json", "-log-format=text", "-strict=x"])).err).toContain("tool: error: ");
    expect((await run(base, ["-strict=x", "--", "-log-format=json"])).err).toContain("tool: error: ");
  });

  it("that is our own bug exits 70 and shows no message: that could quote a secret", async () => {
    const bug = new TypeError("cannot read hunter2\n    at hunter2 (hunter2)");
    expect(await run(failing(bug), [])).toEqual({
      code: 70,
      out: "",
      err:
        "tool: error: internal error (TypeError); please report it with the command line you used\n" +
        "tool: hint: run again with -log-level debug for the stack\n",
    });
    const { err } = await run(failing(bug), ["-log-level", "debug"]);
    expect(err).toMatch(/^tool: debug: stack frames="at .*execute\.test\.ts/m);
    expect(err).not.toContain("hunter2");
  });

  it("that is not even an error is a bug too", async () => {
    expect((await run(failing("hunter2"), [])).err).toContain("internal error (string);");
  });

  it("shows its stack by -debug where that is the flag", async () => {
    const { "log-level": _left, ...options } = base.options;
    const command = { ...failing(new TypeError("hunter2")), options: { ...options, debug: bool("debug") } };
    expect((await run(command, [])).err).toContain("hint: run again with -debug for the stack\n");
    expect((await run(command, ["-debug"])).err).toContain("debug: stack frames=");
    expect((await run(command, [], { TOOL_DEBUG: "true" })).err).toContain("debug: stack frames=");
    expect((await run(command, ["-debug=false"], { TOOL_DEBUG: "true" })).err).not.toContain("frames");
  });

  it.each([["log-level"], ["log-format"]] as const)(
    "does not name -log-level when the command has no such flag (without %s)",
    async (name) => {
      const { [name]: _left, ...options } = base.options;
      const { err } = await run({ ...failing(new Error("x")), options }, []);
      expect(err.includes("-log-level")).toBe(name !== "log-level");
    },
  );
});

it("an operand that a command does not take is refused: flags behind it would be passed over", async () => {
  const command = { ...base, operands: "" };
  expect(await run(command, ["oops", "-strict"])).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringMatching(/^tool: error: unexpected "oops"\n/),
  });
});

describe("what only the process can answer is thrown:", () => {
  it("that the reader of the output has gone", async () => {
    await expect(run(failing(new ReaderGone()), [])).rejects.toBeInstanceOf(ReaderGone);
  });

  it("the interruption, whatever error it caused", async () => {
    const controller = new AbortController();
    const ctx = testContext({}, { signal: controller.signal });
    const command: Command = {
      ...base,
      async run() {
        controller.abort(new Interrupted("SIGTERM"));
        throw new Error("socket hang up");
      },
    };
    await expect(execute(command, "1", [], ctx)).rejects.toEqual(new Interrupted("SIGTERM"));
  });

  it("but not when the tool explains how it ended", async () => {
    const ctx = testContext({}, { signal: AbortSignal.abort(new Interrupted("SIGINT")) });
    expect(await execute(failing(new ToolError("X", "stopped half way", { exit: 130 })), "1", [], ctx)).toBe(130);
  });
});
