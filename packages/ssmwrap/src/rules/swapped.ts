import { statSync } from "node:fs";

/** A hint for v1's `-file Name=/run/config,Path=/prod/KEY`, the way round in which v2's migration page has it: a missing parameter that is a directory here. */
export function swappedHint(misses: readonly { readonly shown: string; readonly rule: string }[]): string | undefined {
  const isDirectory = (path: string): boolean => path.startsWith("/") && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const swapped = misses.find(({ shown, rule }) => /(?:^|,)\s*Name=/.test(rule) && isDirectory(shown));
  return swapped && `${swapped.shown} is a directory: in Name=,Path= the parameter is Name and the file Path`;
}
