import { parseArgs } from "node:util";
import { type Target, targets } from "../build/targets.ts";

const names = targets.map(({ name }) => name);

export const usage = `usage: pnpm build:release [--target NAME,...]

Builds the executables of the targets into dist/release (all seven when none is named):
  ${names.join("  ")}

Examples:
  pnpm build:release
  pnpm build:release --target linux-arm64,linux-x64-musl
`;

/** The targets that a command line asks for, or "help". Throws an Error whose message is for the user. */
export function wantedTargets(argv: readonly string[]): readonly Target[] | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: { target: { type: "string", multiple: true }, help: { type: "boolean", short: "h" } },
  });
  if (values.help === true) return "help";
  const wanted = values.target?.flatMap((list) => list.split(",").map((name) => name.trim()));
  const unknown = wanted?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`unknown target ${JSON.stringify(unknown)}; known are ${names.join(", ")}`);
  return targets.filter(({ name }) => wanted === undefined || wanted.includes(name));
}
