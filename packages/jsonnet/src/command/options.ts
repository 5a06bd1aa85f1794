import { util } from "../builtin.ts";

/** Something wrong with the command line; `usage` asks for the help text, too. */
export class UsageError extends Error {
  readonly usage: boolean;

  constructor(message: string, usage = false) {
    super(message);
    this.usage = usage;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command line asks for. */
export interface CommandLine {
  readonly does: "help" | "version" | "evaluate";
  readonly input: string;
  readonly isCode: boolean;
  /** Directories to look for imports in, the last one first. */
  readonly searchPaths: readonly string[];
  readonly outputFile: string | undefined;
  readonly multiDirectory: string | undefined;
  readonly createsDirectories: boolean;
  readonly isStream: boolean;
  readonly isString: boolean;
  readonly maxStack: number;
  readonly maxTrace: number;
  readonly extVars: Record<string, string>;
  readonly extCode: Record<string, string>;
  readonly topLevelArgs: Record<string, string>;
  readonly topLevelCode: Record<string, string>;
}

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  exec: { type: "boolean", short: "e" },
  jpath: { type: "string", short: "J", multiple: true },
  "output-file": { type: "string", short: "o" },
  multi: { type: "string", short: "m" },
  "create-output-dirs": { type: "boolean", short: "c" },
  "yaml-stream": { type: "boolean", short: "y" },
  string: { type: "boolean", short: "S" },
  "max-stack": { type: "string", short: "s" },
  "max-trace": { type: "string", short: "t" },
  "ext-str": { type: "string", short: "V" },
  "ext-str-file": { type: "string" },
  "ext-code": { type: "string" },
  "ext-code-file": { type: "string" },
  "tla-str": { type: "string", short: "A" },
  "tla-str-file": { type: "string" },
  "tla-code": { type: "string" },
  "tla-code-file": { type: "string" },
} as const;

/** Reads a command line. Throws {@link UsageError}. */
export function readCommandLine(argv: readonly string[], env: Environment): CommandLine {
  const { values, positionals, tokens } = parse(argv);
  const [input] = positionals;
  const does = values.help ? "help" : values.version ? "version" : "evaluate";
  const noun = values.exec ? "code" : "filename";
  if (does === "evaluate" && input === undefined) throw new UsageError(`must give ${noun}`, true);
  if (does === "evaluate" && positionals.length > 1) throw new UsageError(`only one ${noun} is allowed`);
  for (const name of ["jpath", "output-file", "multi"] as const) {
    if ([values[name]].flat().includes("")) throw new UsageError(`--${name} argument was empty string`);
  }
  // The left-most of JSONNET_PATH wins, the right-most of -J, and -J before JSONNET_PATH.
  const inherited = (env["JSONNET_PATH"] ?? "").split(process.platform === "win32" ? ";" : ":").filter((path) => path !== "");
  return {
    does,
    input: input ?? "",
    isCode: values.exec ?? false,
    searchPaths: [...inherited.reverse(), ...(values.jpath ?? [])],
    outputFile: values["output-file"],
    multiDirectory: values.multi,
    createsDirectories: values["create-output-dirs"] ?? false,
    isStream: values["yaml-stream"] ?? false,
    isString: values.string ?? false,
    maxStack: wholeNumber("max-stack", values["max-stack"] ?? "500", 1),
    maxTrace: wholeNumber("max-trace", values["max-trace"] ?? "20", 0),
    ...readVariables(tokens, env),
  };
}

function parse(argv: readonly string[]) {
  try {
    return util.parseArgs({ args: [...argv], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^-?[0-9]+$/.test(text) || value < least) throw new UsageError(`invalid --${name} value: ${text}`);
  return value;
}

type Variables = Pick<CommandLine, "extVars" | "extCode" | "topLevelArgs" | "topLevelCode">;

// In order of the command line, because the last one of a name wins, whatever its kind.
function readVariables(tokens: ReturnType<typeof parse>["tokens"], env: Environment): Variables {
  const variables: Variables = { extVars: {}, extCode: {}, topLevelArgs: {}, topLevelCode: {} };
  for (const token of tokens) {
    if (token.kind !== "option" || token.value === undefined) continue;
    const [, kind, form, isFile] = /^(ext|tla)-(str|code)(-file)?$/.exec(token.name) ?? [];
    if (kind === undefined) continue;
    const [texts, codes] = kind === "ext" ? [variables.extVars, variables.extCode] : [variables.topLevelArgs, variables.topLevelCode];
    const [name, value] = isFile ? readFileVariable(token.value, form === "str" ? "importstr" : "import") : readVariable(token.value, env);
    const target = form === "str" && !isFile ? texts : codes;
    delete texts[name];
    delete codes[name];
    target[name] = value;
  }
  return variables;
}

function readVariable(text: string, env: Environment): [string, string] {
  const at = text.indexOf("=");
  if (at >= 0) return [text.slice(0, at), text.slice(at + 1)];
  const value = env[text];
  if (value === undefined) throw new UsageError(`environment variable ${text} was undefined`);
  return [text, value];
}

// A file is read by the program itself, so that it is found like any import.
function readFileVariable(text: string, keyword: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 0) throw new UsageError(`argument not in form <var>=<file> "${text}"`);
  return [text.slice(0, at), `${keyword} @'${text.slice(at + 1).replaceAll("'", "''")}'`];
}
