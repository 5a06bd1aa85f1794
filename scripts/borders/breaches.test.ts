import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findBreaches } from "./breaches.ts";
import { packagesIn, readTexts } from "./tree.ts";

const manifest = (fields: object = {}): string => JSON.stringify({ private: true, ...fields }, null, 2);

/** What is wrong with a tree that is right except for these files. */
function wrongWith(files: Readonly<Record<string, string>>): string[] {
  const ours = { "@sukima/core": "1", "@sukima/rehearsal": "1", "@sukima/go-template": "1", "@sukima/jsonnet": "1" };
  const tree = {
    "package.json": manifest({ devDependencies: { ...ours, vitest: "1" } }),
    ...Object.fromEntries(["core", "go-template", "jsonnet", "rehearsal"].map((name) => [`packages/${name}/package.json`, manifest()])),
    "packages/ssmwrap/package.json": manifest({ devDependencies: { "@sukima/core": "1", "@sukima/rehearsal": "1" } }),
    "packages/rin/package.json": manifest({ devDependencies: { "@sukima/core": "1", "@sukima/go-template": "1" } }),
    "packages/ecs-deployer/package.json": manifest({ devDependencies: ours }),
    "packages/sukima/package.json": manifest({ dependencies: { "@sukima/core": "1", "@sukima/ssmwrap": "1" } }),
    ...files,
  };
  return findBreaches(packagesIn(new Map(Object.entries(tree)))).map(({ at, problem }) => `${at}: ${problem}`);
}

it("finds nothing wrong in this repository", () => {
  expect(findBreaches(packagesIn(readTexts(join(import.meta.dirname, "../.."))))).toEqual([]);
});

it("lets each package import what the table gives it", () => {
  const files = {
    "packages/ssmwrap/src/a.ts": 'import { x } from "@sukima/core/aws";\nimport { y } from "./b.ts";\nimport "node:fs";\n',
    "packages/ssmwrap/src/a.test.ts": 'import { it } from "vitest";\nimport { startRehearsal } from "@sukima/rehearsal";\n',
    "packages/ecs-deployer/src/a.ts": 'import "@sukima/jsonnet";\nimport "@sukima/go-template";\n',
    "packages/rin/src/a.ts": 'import "@sukima/go-template";\n',
    "packages/sukima/src/main.ts": 'const { main } = await import("@sukima/ssmwrap");\n',
    "scripts/demo.ts": 'import { startRehearsal } from "@sukima/rehearsal";\nimport { steps } from "./demo/steps.ts";\n',
  };
  expect(wrongWith(files)).toEqual([]);
});

describe("names the file and the line when", () => {
  it.each([
    [
      "a tool imports a tool",
      { "packages/ssmwrap/src/a.ts": '\nimport { x } from "@sukima/rin";\n' },
      ["packages/ssmwrap/src/a.ts:2: the tool ssmwrap imports the tool rin"],
    ],
    [
      "a tool imports a language that is not its own",
      { "packages/ssmwrap/src/a.ts": 'export * from "@sukima/jsonnet";\n' },
      ["packages/ssmwrap/src/a.ts:1: ssmwrap may not import jsonnet"],
    ],
    [
      "a type is taken across a forbidden arrow",
      { "packages/core/src/a.ts": 'export type Rule = import("@sukima/ssmwrap").Rule;\n' },
      ["packages/core/src/a.ts:1: core may not import ssmwrap"],
    ],
    [
      "a language imports anything of ours, in a test too",
      { "packages/jsonnet/test/a.test.ts": 'import "@sukima/core";\nimport "@sukima/rehearsal";\n' },
      [
        "packages/jsonnet/test/a.test.ts:1: jsonnet may not import core",
        "packages/jsonnet/test/a.test.ts:2: jsonnet may not import rehearsal",
      ],
    ],
    [
      "the collection loads a tool at its start",
      { "packages/sukima/src/main.ts": 'import { main } from "@sukima/ssmwrap";\n' },
      ["packages/sukima/src/main.ts:1: sukima imports ssmwrap at its start"],
    ],
    [
      "rehearsal would be shipped",
      { "packages/ssmwrap/src/a.ts": 'await import("@sukima/rehearsal");\n', "scripts/build.ts": 'import "@sukima/rehearsal";\n' },
      [
        "scripts/build.ts:1: rehearsal is imported outside of tests, demo and bench",
        "packages/ssmwrap/src/a.ts:1: rehearsal is imported outside of tests, demo and bench",
      ],
    ],
    [
      "a path leaves its package",
      { "packages/ssmwrap/test/a.ts": 'import "../../core/src/index.ts";\n', "scripts/a.ts": 'import "../packages/core/src/index.ts";\n' },
      [
        "scripts/a.ts:1: ../packages/core/src/index.ts crosses a package border",
        "packages/ssmwrap/test/a.ts:1: ../../core/src/index.ts crosses a package border",
      ],
    ],
    [
      "a library is not listed by the package itself",
      { "packages/ssmwrap/src/a.ts": 'import * as z from "zod/mini";\nimport "@smithy/core/schema";\nimport "fs";\n' },
      [
        "packages/ssmwrap/src/a.ts:1: zod is not in packages/ssmwrap/package.json",
        "packages/ssmwrap/src/a.ts:2: @smithy/core is not in packages/ssmwrap/package.json",
        "packages/ssmwrap/src/a.ts:3: fs lacks its prefix",
      ],
    ],
    [
      "core depends on a service client",
      { "packages/core/package.json": manifest({ dependencies: { zod: "1", "@aws-sdk/client-ssm": "1" } }) },
      ["packages/core/package.json:5: core depends on the AWS service client @aws-sdk/client-ssm"],
    ],
    [
      "core uses a service client outside of tests",
      {
        "packages/core/package.json": manifest({ devDependencies: { "@aws-sdk/client-ssm": "1" } }),
        "packages/core/src/a.ts": 'import { SSMClient } from "@aws-sdk/client-ssm";\n',
        "packages/core/src/a.test.ts": 'import { SSMClient } from "@aws-sdk/client-ssm";\n',
      },
      ["packages/core/src/a.ts:1: core imports the AWS service client @aws-sdk/client-ssm"],
    ],
    [
      "a published package has a run-time dependency without a reason",
      {
        "packages/jsonnet/package.json": manifest({ private: false, dependencies: { yaml: "1", diff: "1" } }),
        "packages/rin/package.json": manifest({ private: false, peerDependencies: { "@sukima/core": "1" } }),
      },
      [
        "packages/jsonnet/package.json:5: the published package jsonnet has diff in dependencies",
        "packages/rin/package.json:4: the published package rin has @sukima/core in peerDependencies",
      ],
    ],
    [
      "a package.json asks for what the arrows forbid",
      {
        "packages/core/package.json": manifest({ devDependencies: { "@sukima/ssmwrap": "1" } }),
        "packages/jsonnet/package.json": manifest({ devDependencies: { "@sukima/rehearsal": "1" } }),
      },
      ["packages/core/package.json:4: core may not import ssmwrap", "packages/jsonnet/package.json:4: jsonnet depends on rehearsal"],
    ],
  ])("%s", (_promise, files, expected) => {
    expect(wrongWith(files).sort()).toEqual([...expected].sort());
  });
});

it("reads a file as the compiler does, not its comments and texts", () => {
  const text = '// import "@sukima/rin";\nexport const t = `\nimport "@sukima/rin";\n`;\n';
  expect(wrongWith({ "packages/ssmwrap/src/a.ts": text })).toEqual([]);
});
