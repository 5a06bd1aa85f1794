import { describe, expect, it } from "vitest";
import { defineCommand } from "./command.ts";
import { helpText, optionRows, usageLine } from "./help.ts";
import { allOrListed, bool, int, text } from "./options/option.ts";

const command = defineCommand({
  name: "tool",
  summary: "fills a gap",
  operands: "[file ...]",
  envPrefix: "TOOL_",
  options: {
    region: text("AWS region", "REGION", { aliases: ["r"] }),
    retries: int("tries of a call after the first one has failed, each after a random wait that grows from try to try", { initial: 3 }),
    color: bool("colours", { initial: true }),
    keep: allOrListed("keep variables", "A,B"),
    rule: text("a rule", "RULE", { env: "list" }),
    "dry-run": bool("only say what would be done", { env: "none" }),
  },
  examples: [{ run: "tool -region eu-west-1 a", does: "fill the gap of a" }],
  exitCodes: [
    ["0", "done"],
    ["2", "not started"],
    ["126, 127", "not executable, not found"],
  ],
  run: async () => 0,
});

describe("the help page", () => {
  it("has a usage line, examples, flags with defaults and variables, and exit codes", () => {
    expect(helpText(command)).toMatchInlineSnapshot(`
      "tool: fills a gap

      usage: tool [flags] [file ...]

      Examples:
        tool -region eu-west-1 a
            fill the gap of a

      Flags:
        -region, -r REGION
            AWS region (TOOL_REGION)
        -retries N
            tries of a call after the first one has failed, each after a random wait that grows from try
            to try (default 3; TOOL_RETRIES)
        -color
            colours (default true; TOOL_COLOR)
        -keep[=A,B]
            keep variables (TOOL_KEEP)
        -rule RULE
            a rule (TOOL_RULE, _1, _2 ..)
        -dry-run
            only say what would be done

      Exit codes:
        0         done
        2         not started
        126, 127  not executable, not found
      "
    `);
  });

  it("writes flags with two dashes, and switches that are on as negatable, where that is the command's style", () => {
    expect(optionRows({ ...command, flagStyle: "long" }).map(({ flag }) => flag)).toMatchInlineSnapshot(`
      [
        "--region, -r REGION",
        "--retries N",
        "--[no-]color",
        "--keep[=A,B]",
        "--rule RULE",
        "--dry-run",
      ]
    `);
  });
});

it("leaves out what is not there in the usage line", () => {
  expect([usageLine(command), usageLine({ name: "tool", operands: "" })]).toEqual([
    "usage: tool [flags] [file ...]",
    "usage: tool [flags]",
  ]);
});
