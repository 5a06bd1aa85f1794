import { expect, it } from "vitest";
import { candidates } from "./candidates.ts";

it.each([
  ["a name is looked for in each directory of PATH, in turn", "app", "/a:/b/", ["/a/app", "/b//app"]],
  ["an empty directory of PATH is the current one", "app", ":/a:", ["./app", "/a/app", "./app"]],
  ["an empty PATH has no directory", "app", "", []],
  ["a name with a slash is a path", "./app", "/a", ["./app"]],
  ["also when PATH is empty", "/opt/app", "", ["/opt/app"]],
  ["an empty name is nowhere", "", "/a:/b", []],
])("%s", (_what, name, path, expected) => {
  expect(candidates(name, path)).toEqual(expected);
});

it("without any PATH the system's directories are searched", () => {
  expect(candidates("app", undefined)).toContain("/usr/bin/app");
});
