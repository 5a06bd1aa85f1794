import { didYouMean } from "@sukima/core";

/** What a command line asks for: a tool with its arguments, or something of `sukima` itself. */
export type Request =
  | { readonly kind: "tool"; readonly name: string; readonly argv: readonly string[] }
  | { readonly kind: "help" | "version" }
  | { readonly kind: "usage"; readonly problem: string };

/** Decide by the name that the program was started with, then by the first argument. `names` are the tools there are. */
export function dispatch(argv0: string, argv: readonly string[], names: readonly string[]): Request {
  const started = argv0.replace(/^.*[/\\]/, "").replace(/\.(exe|cjs|js)$/i, "");
  if (names.includes(started)) return { kind: "tool", name: started, argv };
  const [first, ...rest] = argv;
  if (first === undefined) return { kind: "usage", problem: "name a tool" };
  if (names.includes(first)) return { kind: "tool", name: first, argv: rest };
  if (/^(-h|--?help|help)$/.test(first)) return { kind: "help" };
  if (/^(--?version|version)$/.test(first)) return { kind: "version" };
  return { kind: "usage", problem: `there is no tool ${JSON.stringify(first)}${didYouMean(first, names)}` };
}
