/** What a program loads at its start, in the bundle of a release executable. */
export interface HotBudget {
  readonly name: string;
  readonly metafile: string;
  /** The output that starts; what it imports statically counts with it. */
  readonly output: string;
  readonly maxBytes: number;
  /** npm packages (also as `@scope/`) and modules of the runtime that must not be loaded. */
  readonly forbidden: readonly string[];
}

/** What a library costs whoever bundles it, minified. */
export interface LibraryBudget {
  readonly name: string;
  readonly entry: string;
  /** Left out of the count. */
  readonly external: readonly string[];
  readonly maxBytes: number;
}

export const hotBudgets: readonly HotBudget[] = [
  {
    // Runs before every container start (design 3).
    name: "ssmwrap, hot chunk",
    metafile: "dist/meta/ssmwrap.release.json",
    output: "dist/bundle/ssmwrap/ssmwrap.js",
    maxBytes: 60_000,
    forbidden: ["commander", "zod", "@aws-sdk/", "@smithy/", "node:crypto", "node:http", "node:https"],
  },
];

export const libraryBudgets: readonly LibraryBudget[] = [
  { name: "go-template", entry: "packages/go-template/src/index.ts", external: [], maxBytes: 25_000 },
  { name: "jsonnet, without yaml", entry: "packages/jsonnet/src/index.ts", external: ["yaml"], maxBytes: 130_000 },
];
