/** What starting a program, or importing a library, may load. */
export interface Budget {
  readonly name: string;
  readonly metafile: string;
  /** The output that starts; what it imports statically counts with it. */
  readonly output: string;
  /** Minified, as the build writes it. */
  readonly maxBytes: number;
  /** npm packages (also as `@scope/`) and modules of the runtime that must not be loaded. */
  readonly forbidden: readonly string[];
}

export const budgets: readonly Budget[] = [
  {
    // Runs before every container start.
    name: "ssmwrap, hot chunk",
    metafile: "dist/meta/ssmwrap.release.json",
    output: "dist/bundle/ssmwrap/ssmwrap.js",
    maxBytes: 60_000,
    forbidden: ["commander", "zod", "@aws-sdk/", "@smithy/", "node:crypto", "node:http", "node:https"],
  },
  {
    name: "go-template",
    metafile: "dist/meta/go-template.library.json",
    output: "packages/go-template/dist/index.mjs",
    maxBytes: 25_000,
    forbidden: [],
  },
  {
    // yaml stays outside: it is the library's one dependency.
    name: "jsonnet",
    metafile: "dist/meta/jsonnet.library.json",
    output: "packages/jsonnet/dist/index.mjs",
    maxBytes: 130_000,
    forbidden: [],
  },
];
