import type { ChildEnvironment } from "../resolve/child-environment.ts";
import type { Resolution } from "../resolve/resolve.ts";

const octal = (mode: number): string => mode.toString(8).padStart(4, "0");

/** What a parameter's value would become, without the value. Names could hold control characters, which a terminal would obey. */
const line = (target: string, from: string, version: string, bytes: number, more = ""): string => {
  const detail = [version === "" ? "" : `version ${version}`, `${bytes} bytes`, more].filter((part) => part !== "").join(", ");
  return `${target} <- ${from} (${detail})\n`.replace(/\p{Cc}(?!$)/gu, "?");
};

/** The answer of `-dry-run`: every variable and file with its source. */
export function describePlan({ fetched }: ChildEnvironment, { files }: Resolution): string {
  const variables = [...fetched].map(([name, { from, version, value }]) => line(name, from, version, value.bytes));
  const writes = files.map(({ target, from, version, content }) =>
    line(target.path, from, version, content.length, `mode ${octal(target.mode)}`),
  );
  return [...variables, ...writes].join("");
}

/** The answer of `-check`: names that would be set and written, then what is missing. */
export function describeCheck({ fetched }: ChildEnvironment, { files, misses }: Resolution): string {
  const names = [...fetched.keys(), ...files.map(({ target }) => target.path)];
  return [...names.map((name) => `ok ${name}\n`), ...misses.map(({ shown }) => `missing ${shown}\n`)].join("");
}
