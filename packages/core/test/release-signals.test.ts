import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runtimes } from "./support/runtimes.ts";

const script = fileURLToPath(new URL("support/release-signals.ts", import.meta.url));

// Where no libc is known, as on macOS, execReplace sees to it as on Node.
describe.runIf(process.platform === "linux").each(runtimes)("once signals are released, on %s", (name, executable) => {
  const after = (moment: string): unknown[] => {
    const { status, signal, stdout } = spawnSync(executable, [script, moment], { encoding: "utf8" });
    return [status, signal, stdout];
  };

  it("one that has arrived is still told", () => {
    expect(after("before")).toEqual([0, null, "told\n"]);
  });

  it("one that comes later ends the process, except on Node, which leaves that to execReplace", () => {
    expect(after("after")).toEqual(name === "Node" ? [0, null, "told\n"] : [null, "SIGTERM", ""]);
  });
});
