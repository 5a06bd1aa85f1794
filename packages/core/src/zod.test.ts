import * as z from "zod";
import { describe, expect, it } from "vitest";
import { isToolError } from "./error.ts";
import { parseFile } from "./zod.ts";

const schema = z.strictObject({
  region: z.string().min(1),
  tasks: z.int().min(0).max(10).optional(),
  ratio: z.number().multipleOf(0.5).gt(0).optional(),
  wait: z.boolean().optional(),
  mode: z.enum(["fast", "safe"]).optional(),
  revision: z.union([z.literal("latest"), z.int()]).optional(),
  plugin: z
    .discriminatedUnion("name", [
      z.strictObject({ name: z.literal("tfstate"), path: z.string() }),
      z.strictObject({ name: z.literal("ssm") }),
    ])
    .optional(),
  hosts: z
    .array(z.union([z.string(), z.strictObject({ name: z.string(), port: z.int().optional() })]))
    .min(1)
    .optional(),
  labels: z.record(z.string().regex(/^[a-z]+$/, "expected small letters"), z.string()).optional(),
  url: z.url().optional(),
  code: z.string().regex(/^\d+$/).optional(),
  key: z.string().length(3).optional(),
  limit: z
    .string()
    .refine((text) => text.endsWith("s"), "a limit ends with s")
    .optional(),
});

/** Every complaint about a value, as it is shown. */
function complaints(value: unknown, locate?: (path: readonly PropertyKey[]) => number | undefined): string[] {
  try {
    parseFile(schema, value, { file: "app.yml", ...(locate === undefined ? {} : { locate }) });
  } catch (error) {
    if (isToolError(error)) return [error.message, ...error.more];
    throw error;
  }
  return [];
}
const of = (more: object): string[] => complaints({ region: "eu-west-1", ...more });

describe("a value of a file", () => {
  it("is given as the schema makes it", () => {
    const withDefault = z.strictObject({ tasks: z.int().default(2) });
    expect(parseFile(withDefault, {}, { file: "app.yml" })).toEqual({ tasks: 2 });
  });

  it.each<[object, string]>([
    [{ region: 1 }, "region: expected text, got 1"],
    [{ region: null }, "region: expected text, got nothing"],
    [{ region: undefined }, "region: expected text, but it is missing"],
    [{ region: "" }, 'region: expected at least 1 character, got ""'],
    [{ region: ["a"] }, "region: expected text, got a list"],
    [{ region: { a: 1 } }, "region: expected text, got a mapping"],
    [{ tasks: "two" }, 'tasks: expected a whole number, got "two"'],
    [{ tasks: 1.5 }, "tasks: expected a whole number, got 1.5"],
    [{ tasks: -1 }, "tasks: expected a number of at least 0, got -1"],
    [{ tasks: 11 }, "tasks: expected a number of at most 10, got 11"],
    [{ ratio: 0.7 }, "ratio: expected a multiple of 0.5, got 0.7"],
    [{ ratio: 0 }, "ratio: expected a number of more than 0, got 0"],
    [{ wait: "yes" }, 'wait: expected true or false, got "yes"'],
    [{ mode: "safer" }, 'mode: expected one of fast, safe, got "safer"'],
    [{ revision: "lates" }, 'revision: expected "latest" or a whole number, got "lates"'],
    [{ plugin: { name: "tf" } }, 'plugin.name: expected one of tfstate, ssm, got "tf"'],
    [{ plugin: {} }, "plugin.name: expected one of tfstate, ssm, but it is missing"],
    [{ plugin: { name: "tfstate" } }, "plugin.path: expected text, but it is missing"],
    [{ hosts: [] }, "hosts: expected at least 1 item, got an empty list"],
    [{ hosts: "a" }, 'hosts: expected a list, got "a"'],
    [{ hosts: ["a", 3] }, "hosts[1]: expected text or a mapping, got 3"],
    [{ hosts: [{ name: "a", port: "x" }] }, 'hosts[0].port: expected a whole number, got "x"'],
    [{ labels: { Team: "a" } }, 'labels.Team: expected small letters, got "Team"'],
    [{ url: "nope" }, 'url: expected a text of the form url, got "nope"'],
    [{ code: "x" }, 'code: expected text that matches /^\\d+$/, got "x"'],
    [{ key: "abcd" }, 'key: expected exactly 3 characters, got "abcd"'],
    [{ limit: "5m" }, "limit: a limit ends with s"],
    [{ mode: "x".repeat(100) }, `mode: expected one of fast, safe, got "${"x".repeat(58)}...`],
  ])("%j is refused in words for people", (value, text) => expect(of(value)).toEqual([`app.yml: ${text}`]));

  it("that is none at all is refused under the file's name", () =>
    expect(complaints("x")).toEqual(['app.yml: expected a mapping, got "x"']));
});

describe("an unknown key", () => {
  it("is told with the nearest known one, also deep inside", () => {
    expect(of({ task: 1, zzzzz: 2 })).toEqual(["app.yml: task: unknown key; did you mean tasks?", "app.yml: zzzzz: unknown key"]);
    expect(of({ hosts: [{ nam: "a" }] })).toEqual([
      "app.yml: hosts[0].name: expected text, but it is missing",
      "app.yml: hosts[0].nam: unknown key; did you mean name?",
    ]);
  });
});

describe("a complaint", () => {
  /** Lines of the file's keys. */
  const lines: Readonly<Record<string, number>> = { "": 1, region: 2, hosts: 3, "hosts.0": 4, "hosts.0.port": 5 };
  const locate = (path: readonly PropertyKey[]): number | undefined => lines[path.map(String).join(".")];

  it("shows the line of its key, or of the nearest one around it", () => {
    expect(complaints({ region: 1, hosts: [{ name: "a", port: "x" }], tusks: 1 }, locate)).toEqual([
      "app.yml:2: region: expected text, got 1",
      'app.yml:5: hosts[0].port: expected a whole number, got "x"',
      "app.yml:1: tusks: unknown key; did you mean tasks?",
    ]);
    expect(complaints({ region: "a", hosts: [{ port: 1 }] }, locate)).toEqual([
      "app.yml:4: hosts[0].name: expected text, but it is missing",
    ]);
  });

  it("means that nothing was started, and that the command line was right", () => {
    expect(() => parseFile(schema, {}, { file: "app.yml" })).toThrow(
      expect.objectContaining({ code: "BAD_FILE", exit: 2, showUsage: false }),
    );
  });
});
