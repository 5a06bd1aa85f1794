import { describe, expect, it, vi } from "vitest";
import { Interrupted, isToolError, ToolError, usageError } from "./error.ts";

describe("a ToolError", () => {
  it("carries a code, a sentence, an exit code, a hint and a cause", () => {
    const cause = new Error("socket hang up");
    expect(new ToolError("X", "it broke", { exit: 11, hint: "mend it", cause })).toMatchObject({
      name: "ToolError",
      code: "X",
      message: "it broke",
      exit: 11,
      hint: "mend it",
      more: [],
      cause,
    });
  });

  it("exits 1 by itself, 2 when nothing was started", () => {
    expect([new ToolError("X", "x").exit, usageError("X", "x").exit, usageError("X", "x", "y").hint]).toEqual([1, 2, "y"]);
  });

  it("is known to every copy of this module: the npm form is two files", async () => {
    vi.resetModules();
    const copy = await import("./error.ts");
    expect(copy.ToolError).not.toBe(ToolError);
    expect([copy.isToolError(new ToolError("X", "x")), isToolError(new copy.ToolError("X", "x"))]).toEqual([true, true]);
  });

  it.each([[new Error("x")], [new Interrupted("SIGINT")], ["x"], [undefined], [{ code: "X", exit: 1 }]])("is not %s", (thrown) => {
    expect(isToolError(thrown)).toBe(false);
  });
});

it("an interruption names its signal", () => {
  expect(new Interrupted("SIGTERM")).toMatchObject({ name: "Interrupted", message: "stopped by SIGTERM", signalName: "SIGTERM" });
});
