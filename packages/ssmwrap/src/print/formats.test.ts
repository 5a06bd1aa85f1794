import { execFileSync } from "node:child_process";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatVariables } from "./formats.ts";

const names = fc
  .stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/)
  .filter(
    (name) =>
      !/^(_|PWD|OLDPWD|SHLVL|PS\d|IFS|PATH|UID|EUID|PPID|LINENO|OPTIND|OPTARG|BASH.*|[A-Z]*ID|HOST.*|MAIL.*|RANDOM|SECONDS|GROUPS|DIRSTACK|FUNCNAME|HIST.*|MACHTYPE|OSTYPE|LC_.*|LANG)$/.test(
        name,
      ),
  );
const values = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom("'", '"', "\\", "$", "`", "\n", "\r", "\t", " ", "!", "#", ";", "&", "é", "日", "😀"),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((text) => !text.includes("\0"));
const variables = fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, minLength: 1, maxLength: 5 });

describe("export", () => {
  it.each(["sh", "bash"])("survives eval in %s, whatever the values", (shell) => {
    fc.assert(
      fc.property(variables, (list) => {
        const script = `eval "$1"; shift; for name; do eval "printf '%s\\\\0' \\"\\$$name\\""; done`;
        const out = execFileSync(shell, ["-c", script, shell, formatVariables("export", list), ...list.map(([name]) => name)], {
          env: { PATH: process.env["PATH"] ?? "" },
          stdio: ["ignore", "pipe", "inherit"],
        });
        expect(out.toString("utf8").split("\0").slice(0, -1)).toEqual(list.map(([, value]) => value));
      }),
      { numRuns: 25 },
    );
  });
});

it("prints JSON that gives the variables back", () => {
  fc.assert(
    fc.property(variables, (list) => {
      expect(JSON.parse(formatVariables("json", list))).toEqual(Object.fromEntries(list));
    }),
  );
});

it.each([
  ["fish", "set -gx A 'it\\'s \\\\ $x'\n"],
  ["dotenv", "A=`it's \\ $x`\n"],
  ["export", "export A='it'\\''s \\ $x'\n"],
  ["names", "A\n"],
] as const)("quotes for %s", (format, expected) => {
  expect(formatVariables(format, [["A", "it's \\ $x"]])).toBe(expected);
});

it("writes dotenv that Node reads back, or refuses it by name", () => {
  fc.assert(
    fc.property(variables, (list) => {
      const writable = list.filter(
        ([, value]) =>
          !value.includes("\r") && ["'", '"', "`"].some((mark) => !value.includes(mark) && !(mark === '"' && value.includes("\\"))),
      );
      expect(parseEnv(formatVariables("dotenv", writable))).toEqual(Object.fromEntries(writable));
    }),
  );
  expect(() => formatVariables("dotenv", [["A", "'\"`"]])).toThrow("the value of A cannot be written for dotenv");
});

it.each(["export", "fish", "dotenv"] as const)("refuses names for %s that a shell cannot set, all of them named", (format) => {
  expect(() =>
    formatVariables(format, [
      ["OK", "1"],
      ["MY-APP", "2"],
      ["9X", "3"],
    ]),
  ).toThrow("a shell cannot set MY-APP, 9X");
});
