import platform from "#platform";
import { oddlyNamed, rawStrings } from "./raw-strings.ts";

/** What would not reach the program as the caller gave it, because the runtime replaced bytes that are not UTF-8: names of variables, and `argument`. Linux only. */
export function alteredStrings(argv: readonly string[], env: Readonly<Record<string, string>>): string[] {
  const raw = rawStrings(argv, env, () => platform.files);
  const differs = (text: string, bytes: Uint8Array | undefined): boolean => bytes !== undefined && !Buffer.from(`${text}\0`).equals(bytes);
  const names = [...raw.env].filter(([name, bytes]) => differs(`${name}=${env[name]}`, bytes)).map(([name]) => name);
  return argv.some((word, at) => differs(word, raw.argv[at])) ? ["an argument", ...names] : names;
}

/** Variables of the caller that the program would not get, because their names are not UTF-8; each bad byte is shown as U+FFFD. Linux only. */
export const lostVariables = (): string[] => oddlyNamed(platform.files).map(({ shownName }) => shownName);
