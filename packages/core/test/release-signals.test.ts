import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runtimes } from "./support/runtimes.ts";

const script = fileURLToPath(new URL("support/release-signals.ts", import.meta.url));

// Windows has no signals.
describe.runIf(process.platform !== "win32").each(runtimes)("once signals are released, on %s", (name, executable) => {
  const after = (moment: string): unknown[] => {
    const { status, signal, stdout } = spawnSync(executable, [script, moment], { encoding: "utf8" });
    return [status, signal, stdout];
  };

  it("one that has arrived is still told", () => {
    expect(after("before")).toEqual([0, null, "told\n"]);
  });

  it.runIf(name === "Bun")("one that comes later ends the process (on Node execReplace sees to it)", () => {
    expect(after("after")).toEqual([null, "SIGTERM", ""]);
  });
});
