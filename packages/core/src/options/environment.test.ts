import { describe, expect, it } from "vitest";
import { environmentValues } from "./environment.ts";
import { bool, type Options, text } from "./option.ts";

const options: Options = {
  paths: text("paths", "A,B"),
  "env-prefix": text("prefix", "P", { aliases: ["prefix", "p"] }),
  rule: text("rules", "RULE", { env: "list" }),
  "rule-limit": text("limit", "N"),
  external: text("diff program", "PROGRAM", { variable: "DIFF_COMMAND" }),
  "dry-run": bool("only say", { env: "none" }),
  help: bool("help", { env: "none" }),
};

/** Values as `VARIABLE=text`, in the order in which they apply. */
const values = (env: Record<string, string>, keepEmpty: string[] = []): string[] =>
  environmentValues({ options, envPrefix: "TOOL_", formerEnvPrefix: "OLD_", keepEmpty }, env).map(
    (value) => `${value.variable}=${value.text}`,
  );

describe("environment twins", () => {
  it("are the option's name in capitals behind the prefix", () =>
    expect(values({ TOOL_PATHS: "/a", PATHS: "/b", TOOLS: "x" })).toEqual(["TOOL_PATHS=/a"]));

  it("are read in both spellings, the one with dashes last so that it wins", () => {
    expect(values({ "TOOL_ENV-PREFIX": "B_", TOOL_ENV_PREFIX: "A_" })).toEqual(["TOOL_ENV_PREFIX=A_", "TOOL_ENV-PREFIX=B_"]);
  });

  it("exist for aliases of more than a letter, and are weaker than those of the name", () => {
    expect(values({ TOOL_ENV_PREFIX: "A_", TOOL_PREFIX: "B_", TOOL_P: "C_" })).toEqual(["TOOL_PREFIX=B_", "TOOL_ENV_PREFIX=A_"]);
    expect(values({ TOOL_PREFIX: "B_", TOOL_ENV_PREFIX: "" })).toEqual(["TOOL_PREFIX=B_"]);
  });

  it("count as unset when they are empty", () => expect(values({ TOOL_PATHS: "", "TOOL_ENV-PREFIX": "", TOOL_RULE_1: "" })).toEqual([]));

  it("count when they are empty if the command says so", () => expect(values({ TOOL_PATHS: "" }, ["paths"])).toEqual(["TOOL_PATHS="]));

  it("of a list are numbered in the order of their numbers, words behind them", () => {
    const env = { TOOL_RULE_10: "10", TOOL_RULE_web: "w", TOOL_RULE_2: "2", TOOL_RULE: "0", TOOL_RULE_app: "a" };
    expect(values(env)).toEqual(["TOOL_RULE=0", "TOOL_RULE_2=2", "TOOL_RULE_10=10", "TOOL_RULE_app=a", "TOOL_RULE_web=w"]);
  });

  it("of a list leave another option its own twin", () => expect(values({ TOOL_RULE_LIMIT: "3" })).toEqual(["TOOL_RULE_LIMIT=3"]));

  it("may have a name of their own", () =>
    expect(values({ TOOL_DIFF_COMMAND: "difft", TOOL_EXTERNAL: "x" })).toEqual(["TOOL_DIFF_COMMAND=difft"]));

  it("are never read for options that the environment must not set", () => expect(values({ TOOL_DRY_RUN: "1" })).toEqual([]));

  it("of the former prefix count for the options that have none of ours", () => {
    expect(values({ OLD_PATHS: "/old", OLD_RULE_1: "old", TOOL_PATHS: "/new" })).toEqual(["TOOL_PATHS=/new", "OLD_RULE_1=old"]);
    expect(values({ OLD_PATHS: "/old", TOOL_PATHS: "" })).toEqual(["OLD_PATHS=/old"]);
  });
});
