import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { root } from "./bundle.ts";
import { bunVersion } from "./targets.ts";

/** Licences that let us pass their code on in an executable when the text goes with it. */
const allowed = /^(MIT|Apache-2\.0|ISC|0BSD|BSD-[234]-Clause)$/;

/** What has to be said about a package: `texts` are its licence and notice files. */
export interface Notice {
  readonly name: string;
  readonly licence: string;
  readonly author: string;
  readonly texts: readonly string[];
}

// Bun's npm packages carry no licence file, and its own list (LICENSE.md in its repository) is the only complete one.
const runtime = `The executables embed Bun ${bunVersion}, which Oven (https://bun.com) publishes under the MIT licence.
Bun links JavaScriptCore and other parts of WebKit (LGPL-2.0) and further libraries statically. Their licences, and how to relink Bun
with a changed JavaScriptCore, are listed at https://github.com/oven-sh/bun/blob/bun-v${bunVersion}/LICENSE.md
The npm forms (the .cjs files) do not contain Bun.
`;

const line = `${"-".repeat(80)}\n`;

/** Folders of the npm packages that went into these bundles, from the repository's root. */
export function packageFolders(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

const textOf = (fields: ReadonlyMap<string, unknown>, field: string): string => {
  const value = fields.get(field);
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return typeof value === "string" ? value : "";
};

/** The notice of the package in a folder. Throws when its licence is unknown or not one that we may pass on. */
export async function readNotice(folder: string): Promise<Notice> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const fields = new Map<string, unknown>(Object.entries(manifest ?? {}));
  const name = `${textOf(fields, "name")} ${textOf(fields, "version")}`;
  const licence = textOf(fields, "license");
  if (!allowed.test(licence)) {
    throw new Error(
      `${name} (${folder}) is bundled and its licence is ${licence === "" ? "unknown" : licence}; read it, then replace the package or allow it in scripts/build/notices.ts`,
    );
  }
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file)).sort();
  const texts = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), "utf8")).trim()));
  return { name, licence, author: textOf(fields, "author"), texts };
}

/** The notices as one text: a list of all packages, then each licence text once with the packages it belongs to. */
export function formatNotices(notices: readonly Notice[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, licence, author, texts } of notices) {
    const fallback = `${licence} licence${author === "" ? "" : `, by ${author}`}. The package carries no licence file.`;
    for (const text of texts.length === 0 ? [fallback] : texts) byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const list = notices.map(({ name, licence }) => `${name} (${licence})\n`).join("");
  const texts = [...byText].map(([text, names]) => `${line}${names.join("\n")}\n\n${text}\n`);
  return `sukima contains the following software of others.\n\n${list}\n${line}Bun ${bunVersion}\n\n${runtime}${texts.join("")}`;
}

/** `THIRD_PARTY_NOTICES` for the bundles of these metafiles. Rejects when a package's licence is unknown or not allowed. */
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  const notices = await Promise.all(packageFolders(metafiles).map((folder) => readNotice(join(root, folder))));
  // pnpm keeps one folder for each set of peers, so a version can be there twice.
  return formatNotices([...new Map(notices.map((notice) => [notice.name, notice])).values()]);
}
