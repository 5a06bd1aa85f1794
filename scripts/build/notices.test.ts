import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { formatNotices, packageFolders, readNotice } from "./notices.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "notices-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function packageWith(manifest: object, files: Readonly<Record<string, string>> = {}): Promise<string> {
  await mkdir(join(folder, "lib"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "left", version: "1.0.0", ...manifest }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

it("finds each package of the bundles once, scoped and nested ones too", () => {
  const input = { bytes: 1, imports: [] };
  const metafile = (paths: readonly string[]): Parameters<typeof packageFolders>[0][number] => ({
    inputs: Object.fromEntries(paths.map((path) => [path, input])),
    outputs: {},
  });
  const store = "node_modules/.pnpm/@aws-sdk+core@3.9.0/node_modules";
  expect(
    packageFolders([
      metafile(["packages/core/src/index.ts", `${store}/@aws-sdk/core/dist-es/a.js`, `${store}/@aws-sdk/core/package.json`]),
      metafile([`${store}/@aws-sdk/core/dist-es/b.js`, `${store}/tslib/tslib.es6.js`]),
    ]),
  ).toEqual([`${store}/@aws-sdk/core`, `${store}/tslib`]);
});

it("takes the licence and the notice file of a package", async () => {
  const files = { "LICENSE.md": "be kind\n", NOTICE: "made by us\n", "index.js": "" };
  expect(await readNotice(await packageWith({ license: "Apache-2.0" }, files))).toEqual({
    name: "left 1.0.0",
    licence: "Apache-2.0",
    author: "",
    texts: ["be kind", "made by us"],
  });
});

it.each([
  ["a licence that is not on the list", { license: "GPL-3.0-only" }, "its licence is GPL-3.0-only"],
  ["no licence", {}, "its licence is unknown"],
])("stops the build for %s", async (_case, manifest, message) => {
  await expect(readNotice(await packageWith(manifest))).rejects.toThrow(message);
});

it("prints a shared text once, under all who share it, and what is known of a package without a text", () => {
  const text = formatNotices([
    { name: "left 1.0.0", licence: "MIT", author: "", texts: ["be kind"] },
    { name: "right 2.0.0", licence: "MIT", author: "", texts: ["be kind"] },
    { name: "up 3.0.0", licence: "ISC", author: "Ann", texts: [] },
  ]);
  const [list, bun, shared, fallback] = text.split(`${"-".repeat(80)}\n`);
  expect(list).toBe("sukima contains the following software of others.\n\nleft 1.0.0 (MIT)\nright 2.0.0 (MIT)\nup 3.0.0 (ISC)\n\n");
  expect(bun).toContain("LGPL-2.0");
  expect(shared).toBe("left 1.0.0\nright 2.0.0\n\nbe kind\n");
  expect(fallback).toBe("up 3.0.0\n\nISC licence, by Ann. The package carries no licence file.\n");
});
