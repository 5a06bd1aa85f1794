import { describe, expect, it } from "vitest";
import { bool, type Options, text } from "./option.ts";
import { strayVariables } from "./stray-variables.ts";

const options: Options = {
  paths: text("paths", "A,B"),
  "env-prefix": text("prefix", "P"),
  rule: text("rules", "RULE", { env: "list" }),
  external: text("diff program", "PROGRAM", { variable: "DIFF_COMMAND" }),
  "dry-run": bool("only say", { env: "none" }),
  help: bool("help", { env: "none" }),
};

describe("stray variables", () => {
  const stray = (env: Record<string, string>): string[] => strayVariables({ options, envPrefix: "TOOL_", formerEnvPrefix: "OLD_" }, env);

  it("are told with the nearest known one", () => {
    expect(stray({ TOOL_PATH: "/a", TOOL_ZZZZZZZZZ: "1" })).toEqual([
      "TOOL_PATH is unknown; did you mean TOOL_PATHS?",
      "TOOL_ZZZZZZZZZ is unknown",
    ]);
  });

  it("are also those of options that the environment must not set: a dry run that is none would surprise", () => {
    expect(stray({ TOOL_DRY_RUN: "1" })).toEqual(["TOOL_DRY_RUN is ignored: this is never taken from the environment"]);
  });

  it.each([
    "TOOL_HELP",
    "TOOL_VERSION",
    "TOOL_RULE_anything",
    "TOOL_RULE_7",
    "TOOL_DIFF_COMMAND",
    "TOOL_ENV-PREFIX",
    "OLD_WHATEVER",
    "TOOLBOX",
  ])("are not: %s", (name) => expect(stray({ [name]: "1.2.3" })).toEqual([]));

  it("are not told while they are empty", () => expect(stray({ TOOL_PATH: "" })).toEqual([]));
});
