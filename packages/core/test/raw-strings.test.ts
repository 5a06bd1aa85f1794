import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alteredStrings } from "../src/platform/altered.ts";
import { rawStrings } from "../src/platform/raw-strings.ts";

const script = join(import.meta.dirname, "support/raw.ts");

/** What the program finds, started by a shell that can write any byte (\376 and \377 never occur in UTF-8). */
function found(command: string): unknown {
  const env = { PATH: process.env["PATH"] ?? "", NODE: process.execPath, SCRIPT: script };
  return JSON.parse(execFileSync("sh", ["-c", command], { env, encoding: "utf8" }));
}

// The bytes are read from /proc, which only Linux has.
describe.runIf(process.platform === "linux")("words and variables that are not UTF-8", () => {
  it("are found again, byte for byte, in their places", () => {
    expect(
      found(`ODD="$(printf 'a\\377b')" FINE=隙間 CHANGED="$(printf '\\376')" "$NODE" "$SCRIPT" app "$(printf 'x\\376y')" 隙間`),
    ).toEqual({
      argv: ["app\0", "x\u00FEy\0", `${Buffer.from("隙間").toString("latin1")}\0`],
      env: ["ODD=a\u00FFb\0"],
      altered: ["an argument", "ODD"],
      lost: [],
    });
  });

  it("and variables whose names are not UTF-8 are named", () => {
    expect(found(`env "$(printf 'A\\377B')=x" 隙間=y "$NODE" "$SCRIPT"`)).toMatchObject({ env: [], lost: ["A\uFFFDB"] });
  });

  it("are told from text that really has a replacement character", () => {
    expect(found(`REAL="$(printf '\\357\\277\\275')" "$NODE" "$SCRIPT" "$(printf '\\357\\277\\275')"`)).toMatchObject({ altered: [] });
  });
});

it("nothing is read while all is UTF-8", () => {
  const never = (): never => {
    throw new Error("files were asked for");
  };
  expect(rawStrings(["app", "隙間"], { A: "b" }, never)).toEqual({ argv: [], env: new Map() });
  expect(alteredStrings(["app"], { A: "b" })).toEqual([]);
});
