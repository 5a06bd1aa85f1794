/** What is asked of the file system; `node:fs` offers it. */
interface Files {
  readFileSync(path: string): Buffer;
}

/** What the kernel handed over, by position and by name, where it differs from what the runtime decoded. */
export interface RawStrings {
  readonly argv: readonly (Uint8Array | undefined)[];
  readonly env: ReadonlyMap<string, Uint8Array>;
}

const replacement = "\uFFFD";

/** NUL-terminated strings of a file below /proc, each with its NUL. */
function cStrings(path: string, files: Files): Buffer[] {
  const all = files.readFileSync(path);
  const strings: Buffer[] = [];
  for (let start = 0, end = all.indexOf(0); end >= 0; start = end + 1, end = all.indexOf(0, start))
    strings.push(all.subarray(start, end + 1));
  return strings;
}

const nameOf = (entry: Buffer): Buffer => entry.subarray(0, Math.max(0, entry.indexOf("=")));

/** Variables of the caller whose names are not UTF-8, NUL included: the runtime does not tell their values under any name. Linux only; elsewhere none. */
export function oddlyNamed(files: Files): { readonly shownName: string; readonly entry: Uint8Array }[] {
  try {
    return cStrings("/proc/self/environ", files).flatMap((entry) => {
      const name = nameOf(entry);
      const shownName = name.toString("utf8");
      return Buffer.from(shownName).equals(name) ? [] : [{ shownName, entry }];
    });
  } catch {
    return [];
  }
}

/**
 * The original bytes of words and variables that are not UTF-8: the runtime replaced each bad byte.
 * `argv` must end with the words that our own argv ended with; a variable counts as inherited while it still has the value that the runtime decoded.
 */
export function rawStrings(argv: readonly string[], env: Readonly<Record<string, string>>, loadFiles: () => Files): RawStrings {
  const oddWords = argv.join("").includes(replacement);
  const oddNames = new Set<string>();
  for (const [name, value] of Object.entries(env)) if (value.includes(replacement) && value === process.env[name]) oddNames.add(name);
  if (!oddWords && oddNames.size === 0) return { argv: [], env: new Map() };
  try {
    const words = oddWords ? cStrings("/proc/self/cmdline", loadFiles()).slice(-argv.length) : [];
    const variables = oddNames.size > 0 ? cStrings("/proc/self/environ", loadFiles()) : [];
    const named = variables.map((entry) => [nameOf(entry).toString("utf8"), entry] as const);
    return { argv: words, env: new Map(named.filter(([name]) => oddNames.has(name))) };
  } catch {
    return { argv: [], env: new Map() };
  }
}
