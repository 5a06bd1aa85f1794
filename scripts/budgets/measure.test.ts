import type { Metafile } from "esbuild";
import { describe, expect, it } from "vitest";
import { forbiddenIn, loadedAtStart } from "./measure.ts";

type Output = Metafile["outputs"][string];

const output = (bytes: number, inputs: Readonly<Record<string, number>>, imports: Output["imports"] = []): Output => ({
  bytes,
  inputs: Object.fromEntries(Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }])),
  imports,
  exports: [],
});

const metafile: Metafile = {
  inputs: {},
  outputs: {
    "start.js": output(100, { "packages/a/src/main.ts": 90, "node_modules/.pnpm/left@1.0.0/node_modules/left/index.js": 0 }, [
      { path: "shared.js", kind: "import-statement" },
      { path: "rare.js", kind: "dynamic-import" },
      { path: "node:fs", kind: "import-statement", external: true },
      { path: "node:net", kind: "dynamic-import", external: true },
    ]),
    "shared.js": output(20, { "node_modules/.pnpm/@smithy+types@1.0.0/node_modules/@smithy/types/index.js": 9 }, [
      { path: "start.js", kind: "import-statement" },
      { path: "node:crypto", kind: "require-call", external: true },
    ]),
    "rare.js": output(5000, { "node_modules/.pnpm/zod@4.0.0/node_modules/zod/index.js": 9 }),
  },
};

describe("what a start loads", () => {
  it("is the output and all that it imports statically; what is behind import(), or was shaken out, is not", () => {
    expect(loadedAtStart("start.js", metafile)).toEqual({ bytes: 120, modules: ["@smithy/types", "node:crypto", "node:fs"] });
  });

  it("is an error for an output that was renamed, not a budget kept", () => {
    expect(() => loadedAtStart("begin.js", metafile)).toThrow("there is no output begin.js");
  });
});

it("names forbidden modules, by their whole name or their scope", () => {
  const modules = ["@smithy/types", "node:crypto", "node:fs", "zodiac"];
  expect(forbiddenIn(modules, ["zod", "@smithy/", "node:crypto", "node:https"])).toEqual(["@smithy/types", "node:crypto"]);
});
