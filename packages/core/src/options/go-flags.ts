import { usageError } from "../error.ts";
import { didYouMean } from "../nearest.ts";
import type { Occurrence, Option, Options } from "./option.ts";

/** The option that a flag names, by its own name or by an alias. */
function findOption(options: Options, spelling: string): [name: string, option: Option<unknown>] | undefined {
  const own = Object.hasOwn(options, spelling) ? options[spelling] : undefined;
  if (own !== undefined) return [spelling, own];
  return Object.entries(options).find(([, { aliases }]) => aliases?.includes(spelling));
}

/**
 * Split a command line by the rules of Go's flag package: `-x v`, `-x=v`, one dash or two, booleans take a value only with `=`,
 * and flags end at `--`, at the first operand, or at a lone `-`, which is an operand.
 * Throws a usage error (exit 2) for an unknown flag, with the nearest name, and for a flag without its value.
 */
export function lexGoFlags(options: Options, argv: readonly string[]): { flags: Occurrence[]; operands: string[] } {
  const flags: Occurrence[] = [];
  let at = 0;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--") return { flags, operands: argv.slice(at + 1) };
    if (word.length < 2 || !word.startsWith("-")) break;
    const body = word.slice(word.startsWith("--") ? 2 : 1);
    const equals = body.indexOf("=", 1);
    const spelling = equals < 0 ? body : body.slice(0, equals);
    if (spelling.startsWith("-") || spelling.startsWith("=")) throw usageError("BAD_FLAG", `bad flag syntax: ${word}`);
    const found = findOption(options, spelling);
    if (found === undefined) {
      const known = Object.entries(options).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
      throw usageError("UNKNOWN_FLAG", `unknown flag -${spelling}${didYouMean(spelling, known, (name) => `-${name}`)}`);
    }
    const [name, { takes }] = found;
    const next = argv[at + 1];
    let text = equals < 0 ? undefined : body.slice(equals + 1);
    if (text === undefined && (takes === "value" || (typeof takes === "function" && next !== undefined && takes(next)))) {
      if (next === undefined) throw usageError("MISSING_VALUE", `flag -${spelling} needs a value`);
      text = next;
      at++;
    }
    flags.push({ name, spelling: `-${spelling}`, text });
  }
  return { flags, operands: argv.slice(at) };
}
