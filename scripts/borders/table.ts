// Which package may import which, as data (docs/architecture.md). The folder's name stands for the package.

/** Packages that are no tools. Everything else in `packages/` is a tool, and so may import `core`. */
export const libraries: readonly string[] = ["core", "go-template", "jsonnet", "rehearsal", "sukima"];

/** What a package may import of ours when it is not just `core`. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  "go-template": [],
  jsonnet: [],
  rehearsal: [],
  "ecs-deployer": ["core", "go-template", "jsonnet"],
  "kinesis-tailf": ["core", "go-template"],
  rin: ["core", "go-template"],
  "spot-drainer": ["core", "go-template"],
};

/** Imports every tool, by `import()` alone: a tool that does not run is not loaded. */
export const collection = "sukima";

/** Plays AWS for others, so it must not be in what they ship. */
export const stage = "rehearsal";

/** Who may import the stage besides tests. */
export const stageUsers: readonly RegExp[] = [
  /^(packages\/[^/]+\/)?bench\//,
  /^scripts\/demo/,
  // Writes the JSON Schema of the world file.
  /^scripts\/docs/,
];

/** Packages that not even their tests may tie to the stage: they know nothing of AWS. */
export const strangersToAws: readonly string[] = ["go-template", "jsonnet"];

/** What a package's tests take from the root's package.json: every project runs under the one vitest there. */
export const testTools: readonly string[] = ["vitest"];

/** Run-time dependencies of published packages. The npm form is one file without `node_modules`, so each needs a reason. */
export const runtimeDependencies: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jsonnet: { yaml: "std.parseYaml needs a YAML reader, and a library's users want one copy of it" },
};
