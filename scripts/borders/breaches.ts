import { builtinModules } from "node:module";
import { join } from "node:path/posix";
import type { ImportSite } from "./imports.ts";
import { arrows, collection, libraries, runtimeDependencies, stage, stageUsers, strangersToAws, testTools } from "./table.ts";
import type { Dependency, Package } from "./tree.ts";

/** A place that breaks a rule: `at` is `file:line`. */
export interface Breach {
  readonly at: string;
  readonly problem: string;
  readonly remedy: string;
}

type Finding = Omit<Breach, "at"> | undefined;

const isTest = (path: string): boolean => path.endsWith(".test.ts") || /^packages\/[^/]+\/test\//.test(path);
const ours = (specifier: string): string | undefined => /^@sukima\/([^/]+)/.exec(specifier)?.[1];
const npmName = (specifier: string): string => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
const isServiceClient = (name: string): boolean => name.startsWith("@aws-sdk/client-");
const mayImport = (folder: string): readonly string[] => arrows[folder] ?? ["core"];

function ofOurs(from: Package, path: string, target: string, isLazy: boolean): Finding {
  if (target === from.folder) return undefined;
  if (target === stage) return ofStage(from, path);
  if (from.folder === collection && !libraries.includes(target)) {
    if (isLazy || isTest(path)) return undefined;
    return {
      problem: `${collection} imports ${target} at its start`,
      remedy: `use await import("@sukima/${target}") where the tool is run`,
    };
  }
  if (mayImport(from.folder).includes(target)) return undefined;
  return libraries.includes(from.folder) || libraries.includes(target)
    ? { problem: `${from.folder || "the root"} may not import ${target}`, remedy: "the arrows are in scripts/borders/table.ts" }
    : { problem: `the tool ${from.folder} imports the tool ${target}`, remedy: "move what both need to core, with its test" };
}

function ofStage(from: Package, path: string): Finding {
  if (strangersToAws.includes(from.folder)) return { problem: `${from.folder} may not import ${stage}`, remedy: "test it without AWS" };
  if (isTest(path) || stageUsers.some((pattern) => pattern.test(path))) return undefined;
  return { problem: `${stage} is imported outside of tests, demo and bench`, remedy: "move the import into a test" };
}

function ofNpm(from: Package, path: string, specifier: string): Finding {
  const name = npmName(specifier);
  if (from.folder === "core" && isServiceClient(name) && !isTest(path)) {
    return { problem: `core imports the AWS service client ${name}`, remedy: "build configuration in core and the client in the tool" };
  }
  if (from.dependencies.some((dependency) => dependency.name === name)) return undefined;
  if (isTest(path) && testTools.includes(name)) return undefined;
  if (builtinModules.includes(name)) return { problem: `${specifier} lacks its prefix`, remedy: `write node:${specifier}` };
  const manifest = from.folder === "" ? "package.json" : `packages/${from.folder}/package.json`;
  return { problem: `${name} is not in ${manifest}`, remedy: `list it there with its exact version` };
}

function ofImport(from: Package, path: string, { specifier, isLazy }: ImportSite): Finding {
  if (specifier.startsWith(".")) {
    const target = join(path, "..", specifier);
    const home = /^packages\/[^/]+/.exec(path)?.[0];
    const leaves = home === undefined ? /^(packages\/|\.\.\/)/.test(target) : !target.startsWith(`${home}/`);
    return leaves ? { problem: `${specifier} crosses a package border`, remedy: "import the package by its name" } : undefined;
  }
  if (/^(#|node:|bun:)/.test(specifier)) return undefined;
  const target = ours(specifier);
  const finding = target === undefined ? undefined : ofOurs(from, path, target, isLazy);
  return finding ?? (target === from.folder ? undefined : ofNpm(from, path, specifier));
}

function ofDependency(from: Package, { section, name }: Dependency): Finding {
  const target = ours(name);
  const isDev = section === "devDependencies";
  if (from.folder === "core" && isServiceClient(name) && !isDev) {
    return { problem: `core depends on the AWS service client ${name}`, remedy: "move it to devDependencies and use it in tests only" };
  }
  if (from.isPublished && !isDev && runtimeDependencies[from.folder]?.[name] === undefined) {
    return {
      problem: `the published package ${from.folder} has ${name} in ${section}`,
      remedy: "move it to devDependencies (it is bundled), or give the reason in scripts/borders/table.ts",
    };
  }
  if (target === undefined || from.folder === "") return undefined;
  // In a package.json neither a lazy import nor a test can be told from another: the imports are checked one by one.
  if (target === stage && isDev && !strangersToAws.includes(from.folder)) return undefined;
  return target === stage
    ? { problem: `${from.folder} depends on ${stage}`, remedy: "only tests use it: devDependencies, and not in packages without AWS" }
    : ofOurs(from, "package.json", target, true);
}

/** Everything in these packages that breaks the rules of `table.ts`, in the order of files and lines. */
export function findBreaches(packages: readonly Package[]): Breach[] {
  return packages.flatMap((from) => {
    const manifest = from.folder === "" ? "package.json" : `packages/${from.folder}/package.json`;
    const places = [
      ...from.dependencies.map((entry) => ({ at: `${manifest}:${entry.line}`, finding: ofDependency(from, entry) })),
      ...from.files.flatMap(({ path, imports }) =>
        imports.map((site) => ({ at: `${path}:${site.line}`, finding: ofImport(from, path, site) })),
      ),
    ];
    return places.flatMap(({ at, finding }) => (finding === undefined ? [] : [{ at, ...finding }]));
  });
}
