import { expect, it } from "vitest";
import { dispatch } from "./dispatch.ts";

const names = ["ssmwrap", "rin"];

it.each([
  ["by the name it was started with", "/usr/bin/ssmwrap", ["-paths=/x"], { kind: "tool", name: "ssmwrap", argv: ["-paths=/x"] }],
  ["by that name before the first argument", "ssmwrap", ["rin"], { kind: "tool", name: "ssmwrap", argv: ["rin"] }],
  ["by that name on Windows", "C:\\bin\\rin.exe", [], { kind: "tool", name: "rin", argv: [] }],
  ["by the first argument", "./sukima", ["rin", "-config", "x"], { kind: "tool", name: "rin", argv: ["-config", "x"] }],
  ["renamed, by the first argument", "/entrypoint", ["ssmwrap"], { kind: "tool", name: "ssmwrap", argv: [] }],
  ["to help", "sukima", ["--help"], { kind: "help" }],
  ["to the version", "sukima", ["--version"], { kind: "version" }],
  ["to usage without a word", "sukima", [], { kind: "usage", problem: "name a tool" }],
  [
    "to usage with the nearest tool",
    "sukima",
    ["ssmwarp"],
    { kind: "usage", problem: 'there is no tool "ssmwarp"; did you mean ssmwrap?' },
  ],
] as const)("dispatches %s", (_what, argv0, argv, expected) => {
  expect(dispatch(argv0, argv, names)).toEqual(expected);
});
