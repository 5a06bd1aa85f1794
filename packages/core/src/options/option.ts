/** Where a text came from: the environment twin or the command line. */
export type Origin = "environment" | "flag";

/**
 * A command-line option as plain data: the Go-flag lexer and the commander adapter fill it, help and docs are printed from it.
 *
 * `takes` says how the option gets its text: `nothing` (a switch; `=true` and `=false` are read), `value` (`-x v` or `-x=v`), `inline` (only `-x=v`, bare is allowed),
 * or a function that is asked whether the next word belongs to it (`-x=v` always does).
 * `read` folds one occurrence into the value so far; it gets undefined when the option stood bare; `where` is the flag or the variable,
 * for messages about it later. It throws an Error with a short sentence ("expected ...").
 */
export interface Option<T> {
  readonly takes: "nothing" | "value" | "inline" | ((next: string) => boolean);
  readonly initial: T;
  read(text: string | undefined, before: T, from: Origin, where?: string): T;
  readonly help: string;
  /** Placeholder of the value in help, `N`, `FILE`. */
  readonly placeholder?: string;
  readonly aliases?: readonly string[];
  /** Environment twin: none, one variable, or a numbered list of variables (`X`, `X_1`, `X_2`, ...). */
  readonly env: "none" | "twin" | "list";
  /** The twin's name behind the tool's prefix, where it is not the option's own name (`DIFF_COMMAND` for `external`). */
  readonly variable?: string;
  /** Shown as default in help when the initial value does not say it itself. */
  readonly defaultText?: string;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** One flag as it stood on the command line: `text` is undefined when it stood bare, `spelling` is how it was written, for messages. */
export interface Occurrence {
  readonly name: string;
  readonly spelling: string;
  readonly text: string | undefined;
}

/** The values of an option table, by name. */
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** What a declaration may change of its kind's defaults. */
type Extra = Pick<Partial<Option<unknown>>, "aliases" | "env" | "variable" | "defaultText" | "placeholder">;

const trueWords: ReadonlySet<string> = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const falseWords: ReadonlySet<string> = new Set(["0", "f", "F", "false", "FALSE", "False"]);

/** A boolean as Go's strconv.ParseBool reads it, else undefined. */
export const goBoolean = (text: string): boolean | undefined => (trueWords.has(text) ? true : falseWords.has(text) ? false : undefined);

/** A switch, off unless `initial` says otherwise. */
export const bool = (help: string, extra: Extra & { readonly initial?: boolean } = {}): Option<boolean> => ({
  takes: "nothing",
  initial: false,
  read(text) {
    const value = text === undefined ? true : goBoolean(text);
    if (value === undefined) throw new Error(`expected true or false, got ${JSON.stringify(text)}`);
    return value;
  },
  help,
  env: "twin",
  ...extra,
});

const single = <T>(parse: (text: string) => T, initial: T, help: string, placeholder: string, extra: Extra): Option<T> => ({
  takes: "value",
  initial,
  read: (value) => parse(value ?? ""),
  help,
  placeholder,
  env: "twin",
  ...extra,
});

/** Any text, undefined when not given. */
export const text = (help: string, placeholder: string, extra: Extra = {}): Option<string | undefined> =>
  single<string | undefined>((value) => value, undefined, help, placeholder, extra);

/** A whole number as Go's strconv.ParseInt reads it with base 0 (`12`, `0x1f`, `0b11`, `0o17`, `017`, `1_000`), else NaN. */
function goInteger(value: string): number {
  const [, sign = "", digits = ""] =
    /^([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?\d)*)$/.exec(value) ?? [];
  if (digits === "") return Number.NaN;
  const plain = digits.replaceAll("_", "").replace(/^0(?=[0-7])/, "0o");
  return sign === "-" ? -Number(plain) : Number(plain);
}

/** A whole number as Go's flag package reads it, from `min` (0 unless given) to `max`; undefined when not given and nothing is `initial`. */
export const int = (
  help: string,
  bounds: { initial?: number; min?: number; max?: number } = {},
  extra: Extra = {},
): Option<number | undefined> =>
  single<number | undefined>(
    (value) => {
      const { min = 0, max = Number.MAX_SAFE_INTEGER } = bounds;
      const number = goInteger(value);
      if (!(number >= min && number <= max)) {
        const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
        throw new Error(`expected a whole number ${range}, got ${JSON.stringify(value)}`);
      }
      return number;
    },
    bounds.initial,
    help,
    "N",
    extra,
  );

/** One of the listed words, as they are spelled. */
export const choice = <const C extends string>(
  help: string,
  choices: readonly C[],
  initial: C | undefined,
  extra: Extra = {},
): Option<C | undefined> =>
  single<C | undefined>(
    (value) => {
      const found = choices.find((name) => name === value);
      if (found === undefined) throw new Error(`expected one of ${choices.join(", ")}, got ${JSON.stringify(value)}`);
      return found;
    },
    initial,
    help,
    choices.join("|"),
    extra,
  );

/** `-x` for everything, `-x=A,B` for the listed names, `-x=false` for nothing. */
export const allOrListed = (help: string, placeholder: string, extra: Extra = {}): Option<"none" | "all" | readonly string[]> => ({
  takes: "inline",
  initial: "none",
  read(value) {
    const asBoolean = value === undefined ? true : goBoolean(value);
    if (asBoolean !== undefined) return asBoolean ? "all" : "none";
    return (value ?? "").split(",").filter((item) => item !== "");
  },
  help,
  placeholder,
  env: "twin",
  ...extra,
});
