import { CommanderError, Option as Flag, Command as Parser } from "commander";
import { usageError } from "../error.ts";
import { dashed } from "../help.ts";
import { didYouMean } from "../nearest.ts";
import type { Occurrence, Options } from "./option.ts";

const style = { flagStyle: "long" } as const;

/** Commander notes each occurrence of an option by `note`, in all its spellings. A switch can be negated, `--no-name`. */
function declare(parser: Parser, argv: readonly string[], options: Options, name: string, note: (occurrence: Occurrence) => void): void {
  const { takes, aliases = [] } = options[name] ?? { takes: "nothing" };
  const add = (flag: Flag, spelling: string, fixed?: string): void => {
    parser.addOption(flag).on(`option:${flag.name()}`, (text?: string) => note({ name, spelling, text: text ?? fixed }));
  };
  for (const plain of [name, ...aliases]) {
    const spelling = dashed(style, plain);
    add(new Flag(takes === "value" ? `${spelling} <text>` : spelling), spelling);
    if (takes === "value") continue;
    // Commander knows no text that stands behind `=` alone, so each such word of this command line is a flag of its own.
    for (const word of new Set(argv.filter((one) => one.startsWith(`${spelling}=`)))) {
      // It gets the name of its property set, which commander cannot make of any text (`--keep=-`).
      const flag = Object.assign(new Flag("--word"), { long: word, attributeName: () => name });
      add(flag, spelling, word.slice(spelling.length + 1));
    }
    if (takes === "nothing" && plain.length > 1 && options[`no-${plain}`] === undefined)
      add(new Flag(`--no-${plain}`), `--no-${plain}`, "false");
  }
}

/**
 * Split a command line by the rules of kong: `--name text`, `--name=text`, `-n text`, `-ntext`, switches as `--name`, `--no-name` and `--name=false`.
 * Flags stand anywhere up to `--`, or up to the first operand when `end` says so.
 * Throws a usage error (exit 2) for an unknown flag, with the nearest name, and for a flag without its value.
 */
export function lexLongFlags(
  options: Options,
  argv: readonly string[],
  end: "at the first operand" | "at --",
): { flags: Occurrence[]; operands: string[] } {
  const flags: Occurrence[] = [];
  const parser = new Parser().exitOverride().configureOutput({ writeErr() {} });
  parser.passThroughOptions(end === "at the first operand");
  const flagOf = (word: string): string => word.replace(/=.*/s, "");
  const isFlag = (word: string): boolean => parser.options.some(({ long, short }) => [long, short].includes(flagOf(word)));
  for (const name of Object.keys(options)) {
    declare(parser, argv, options, name, (occurrence) => {
      const { spelling, text = "" } = occurrence;
      // `--config --dry-run` must not become a run with a file of that name.
      if (options[name]?.takes === "value" && argv.includes(text) && isFlag(text))
        throw usageError(
          "MISSING_VALUE",
          `flag ${spelling} needs a value, and ${flagOf(text)} is a flag; if it is meant, write ${spelling}=${flagOf(text)}`,
        );
      flags.push(occurrence);
    });
  }
  try {
    const { operands, unknown } = parser.parseOptions([...argv]);
    if (unknown[0] === undefined) return { flags, operands };
    const flag = flagOf(unknown[0]);
    const names = Object.entries(options).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    throw usageError("UNKNOWN_FLAG", `unknown flag ${flag}${didYouMean(flag.replace(/^-+/, ""), names, (name) => dashed(style, name))}`);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // The only complaint that is left to commander; its message quotes the flag.
    throw usageError("MISSING_VALUE", `flag ${/'(\S+)/.exec(error.message)?.[1] ?? ""} needs a value`);
  }
}
