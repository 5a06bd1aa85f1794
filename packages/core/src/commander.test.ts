import { describe, expect, it } from "vitest";
import { defineCommand } from "./command.ts";
import { executeProgram, type Program } from "./commander.ts";
import { bool, choice, int, type Options, text } from "./options/option.ts";
import { testContext } from "./testing/index.ts";

const shared = {
  flagStyle: "long",
  envPrefix: "NEW_",
  formerEnvPrefix: "OLD_",
  exitCodes: [
    ["0", "done"],
    ["2", "not started"],
  ],
  examples: [],
} as const;
const globals = {
  config: text("configuration file", "FILE", { aliases: ["c"] }),
  color: bool("colours", { initial: true }),
  "log-format": choice("form of the log", ["text", "json"], "text"),
};

/** A command that writes down what it got. */
const echo = (name: string, operands = "", own: Options = {}, summary = "writes down what it got") =>
  defineCommand({
    ...shared,
    name: `tool ${name}`,
    summary,
    operands,
    options: { ...own, ...globals },
    run: async (values, words, { out }) => {
      out.write(`${name} ${JSON.stringify(values)} ${words.join(" ")}\n`);
      return 7;
    },
  });

const program: Program = {
  ...shared,
  name: "tool",
  summary: "fills a gap",
  options: globals,
  examples: [{ run: "tool deploy --dry-run", does: "say what would be done" }],
  commands: [
    echo("deploy", "", { tasks: int("tasks", { min: -1 }), "dry-run": bool("only say it", { env: "none" }) }, "deploys"),
    echo("tasks", "", {}, "lists tasks"),
    echo("tasks find", "", {}, "finds a task"),
    echo("exec cp", "SRC DEST", {}, "copies files"),
    echo("exec run", "[command ...]", {}, "runs a command"),
  ],
};

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const ctx = testContext(env);
  const code = await executeProgram(program, "1.2.3", argv, ctx);
  return { code, out: ctx.out.text, err: ctx.err.text };
}

/** The name of the command that ran, its values and its operands. */
async function ran(argv: readonly string[], env: Record<string, string> = {}): Promise<unknown[]> {
  const { code, out, err } = await run(argv, env);
  expect([code, err]).toEqual([7, ""]);
  const [, name, values = "", operands] = /^(.*?) (\{.*\}) (.*)\n$/.exec(out) ?? [];
  return [name, JSON.parse(values), operands];
}

const initial = { color: true, "log-format": "text", help: false, version: false };

describe("a program", () => {
  it("reads its own flags before and behind the command's name", async () => {
    const expected = ["deploy", { ...initial, config: "b", color: false, "dry-run": true }, ""];
    expect(await ran(["--config=a", "--no-color", "deploy", "--dry-run", "-c", "b"])).toEqual(expected);
    expect(await ran(["deploy", "--dry-run", "--color=false", "--config", "b"])).toEqual(expected);
  });

  it("finds the longest name, and gives operands to the commands that take some", async () => {
    expect((await ran(["tasks"]))[0]).toBe("tasks");
    expect((await ran(["tasks", "find"]))[0]).toBe("tasks find");
    expect(await ran(["exec", "cp", "a", "--no-color", "b"])).toEqual(["exec cp", { ...initial, color: false }, "a b"]);
    expect(await ran(["exec", "run", "--", "ls", "-c"])).toEqual(["exec run", initial, "ls -c"]);
  });

  it("takes values from the environment: its own variables before the original's, flags before both", async () => {
    expect((await ran(["deploy"], { OLD_CONFIG: "old", OLD_TASKS: "3" }))[1]).toEqual({
      ...initial,
      config: "old",
      tasks: 3,
      "dry-run": false,
    });
    expect((await ran(["deploy"], { OLD_CONFIG: "old", NEW_CONFIG: "new" }))[1]).toMatchObject({ config: "new" });
    expect((await ran(["deploy", "-c", "flag"], { OLD_CONFIG: "old", NEW_CONFIG: "new" }))[1]).toMatchObject({ config: "flag" });
  });

  it("never lets the environment make a dry run, and says so", async () => {
    expect(await run(["deploy"], { NEW_DRY_RUN: "1" })).toMatchObject({
      out: expect.stringContaining('"dry-run":false'),
      err: "tool: warning: NEW_DRY_RUN is ignored: this is never taken from the environment\n",
    });
  });
});

describe("help", () => {
  it.each([[[]], [["help"]], [["--help"]], [["-h"]], [["--config", "x", "--help"]]])("of the program is what %j asks for", async (argv) => {
    const { code, out, err } = await run(argv, { NEW_TASKS: "x" });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatchInlineSnapshot(`
      "tool: fills a gap

      usage: tool [flags] command [flags]

      Examples:
        tool deploy --dry-run
            say what would be done

      Commands:
        deploy
            deploys
        tasks
            lists tasks
        tasks find
            finds a task
        exec cp
            copies files
        exec run
            runs a command

      Flags of all commands:
        --config, -c FILE
            configuration file (NEW_CONFIG)
        --[no-]color
            colours (default true; NEW_COLOR)
        --log-format text|json
            form of the log (default text; NEW_LOG_FORMAT)
        --help, -h
            print this page and exit
        --version
            print the version and exit

      Exit codes:
        0  done
        2  not started
      "
    `);
  });

  it.each([[["deploy", "--help"]], [["help", "deploy"]], [["--help", "deploy"]], [["deploy", "-h", "x", "--tasks=y"]]])(
    "of a command is what %j asks for",
    async (argv) => {
      const { code, out, err } = await run(argv);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatchInlineSnapshot(`
        "tool deploy: deploys

        usage: tool deploy [flags]

        Flags:
          --tasks N
              tasks (NEW_TASKS)
          --dry-run
              only say it

        Flags of all commands:
          --config, -c FILE
              configuration file (NEW_CONFIG)
          --[no-]color
              colours (default true; NEW_COLOR)
          --log-format text|json
              form of the log (default text; NEW_LOG_FORMAT)
          --help, -h
              print this page and exit
          --version
              print the version and exit

        Exit codes:
          0  done
          2  not started
        "
      `);
    },
  );

  it.each([[["--version"]], [["deploy", "--version"]]])("gives the program's version on %j", async (argv) => {
    expect(await run(argv)).toEqual({ code: 0, out: "tool 1.2.3\n", err: "" });
  });
});

describe("a command line is refused, exit 2, for", () => {
  it.each([
    ["an unknown command, with the nearest", ["deplyo"], "unknown command deplyo; did you mean deploy?", "tool"],
    ["an unknown command that is like none", ["zzzzz"], "unknown command zzzzz", "tool"],
    ["an unknown command of a group", ["tasks", "fnid"], "unknown command tasks fnid; did you mean tasks find?", "tool"],
    ["a group that is no command itself", ["exec"], "exec needs a command: cp, run", "tool"],
    ["a group with a flag alone", ["exec", "--color"], "exec needs a command: cp, run", "tool"],
    ["flags alone", ["--color"], "no command is named", "tool"],
    ["an unknown flag of a command", ["deploy", "--dryrun"], "unknown flag --dryrun; did you mean --dry-run?", "tool deploy"],
    ["a command's flag before its name", ["--tasks=1", "deploy"], "unknown flag --tasks", "tool"],
    ["an operand that nobody takes", ["deploy", "web", "--dry-run"], 'unexpected "web"', "tool deploy"],
    ["a bad value", ["deploy", "--tasks", "x"], '--tasks: expected a whole number of at least -1, got "x"', "tool deploy"],
  ])("%s", async (_what, argv, sentence, page) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, ""]);
    const usage = page === "tool" ? "usage: tool [flags] command [flags]" : `usage: ${page} [flags]`;
    expect(err).toBe(`tool: error: ${sentence}\n${usage}\nrun ${page} --help for the flags\n`);
  });

  it("the same reasons in JSON when that is asked for", async () => {
    const { code, err } = await run(["deploy", "--log-format=json", "--tasks", "x"]);
    expect([code, JSON.parse(err)]).toMatchObject([2, { tool: "tool", msg: '--tasks: expected a whole number of at least -1, got "x"' }]);
  });
});
