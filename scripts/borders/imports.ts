import { parseSync, Visitor } from "oxc-parser";

/** One import, re-export, `import()` or `import("...")` type of a file. */
export interface ImportSite {
  readonly specifier: string;
  readonly line: number;
  /** Loaded when the program reaches it, not at its start. */
  readonly isLazy: boolean;
}

/** All imports of a TypeScript file, in the order of their lines. `import()` of a computed name is not among them. Throws when the file has a syntax error. */
export function importsOf(path: string, text: string): ImportSite[] {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const sites: ImportSite[] = [];
  const add = (source: { readonly value: unknown; readonly start: number } | null, isLazy = false): void => {
    if (typeof source?.value !== "string") return;
    sites.push({ specifier: source.value, line: text.slice(0, source.start).split("\n").length, isLazy });
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add("value" in source ? source : null, true),
    TSImportType: ({ source }) => add(source),
  }).visit(program);
  return sites.sort((a, b) => a.line - b.line);
}
