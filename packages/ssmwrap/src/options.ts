import { allOrListed, bool, choice, duration, goBoolean, int, logLevels, type Option, type Origin, text } from "@sukima/core";
import { parseMode } from "./files/mode.ts";

/** A text with the place it came from: what the environment says applies before what the command line says. */
export interface Sourced {
  readonly text: string;
  readonly from: Origin;
  /** The flag or the variable. */
  readonly where: string;
}

const sourcedList = (help: string, placeholder: string): Option<readonly Sourced[]> => ({
  takes: "value",
  initial: [],
  read: (value = "", before, from, where = "") => [...before, { text: value, from, where }],
  help,
  placeholder,
  env: "list",
});

/** A v1 comma list. Undefined when not given; given but empty is a source all the same. */
const v1List = (help: string): Option<{ readonly items: readonly string[]; readonly from: Origin } | undefined> => ({
  takes: "value",
  initial: undefined,
  read(value = "", _before, from) {
    const items: string[] = [];
    for (const item of value.split(",")) if (item.trim() !== "") items.push(item.trim());
    return { items, from };
  },
  help,
  placeholder: "A,B",
  env: "twin",
});

/** What `-env` said: v1's switch, v2's rules, or both. */
interface EnvFlag {
  readonly exports: boolean;
  readonly rules: readonly Sourced[];
}

const looksLikeRule = (word: string): boolean => /(?:^|,)\s*path=/.test(word);

const envFlag: Option<EnvFlag> = {
  takes: looksLikeRule,
  initial: { exports: true, rules: [] },
  read(value, before, from, where = "") {
    const asSwitch = value === undefined ? true : goBoolean(value);
    if (asSwitch !== undefined) return { ...before, exports: asSwitch };
    return { ...before, rules: [...before.rules, { text: value ?? "", from, where }] };
  },
  help: "a rule for variables, as in path=/prod/*,prefix=APP_ (v2); alone or with =true/=false it is v1's switch for exporting",
  placeholder: "RULE",
  env: "list",
};

const octalMode: Option<number | undefined> = {
  takes: "value",
  initial: undefined,
  read(value = "") {
    const mode = parseMode(value);
    if (mode === undefined) throw new Error(`expected octal digits such as 0600, got ${JSON.stringify(value)}`);
    return mode;
  },
  help: "mode of written files that name none",
  placeholder: "MODE",
  env: "twin",
  defaultText: "0644; 0600 for v1's Name=,Path=",
};

const never = { env: "none" } as const;

/** Every flag of ssmwrap, in the order in which help shows them. */
export const options = {
  paths: v1List("v1: parameters below these paths become variables"),
  names: v1List("v1: these parameters become variables; name:3 and name:label are allowed"),
  recursive: bool("v1: take all levels below -paths; =false takes one", { initial: true, defaultText: "true" }),
  "no-recursive": bool("v1: take only the level directly below -paths"),
  "no-env": bool("v1: export nothing from -paths, -names and Name=,Path= files"),
  "env-prefix": text("v1: prefix of the variables", "PREFIX", { aliases: ["prefix"] }),
  "env-entire-path": bool("v1: name variables after the entire path"),
  rule: sourcedList("a rule of any type, as in type=env,path=/prod/*", "RULE"),
  env: envFlag,
  file: sourcedList(
    "write a parameter to a file: path=/prod/cert,to=/run/cert,mode=0600 (v2) or Name=/prod/cert,Path=/run/cert (v1)",
    "RULE",
  ),
  expand: bool("replace the caller's variables that hold a reference: ssm:///name, sm://id#member, an ARN"),

  strict: bool("fail when anything is missing, or bytes would be changed on the way to the program"),
  "on-collision": choice("what to do when two parameters give one variable", ["warn", "error", "last"], "warn"),
  "keep-existing": allOrListed("variables of the caller win over fetched ones: all, or the listed", "A,B"),
  pristine: allOrListed("give the program only fetched variables, and the listed ones of the caller", "A,B"),
  sanitize: bool("make names usable in a shell: other characters become _"),
  case: choice("letters of variable names", ["upper", "keep"], "upper"),
  "allow-reserved": bool("let a parameter set PATH, HOME, LD_*, NODE_OPTIONS and the like"),
  "allow-root": bool("allow a rule that takes the whole parameter store"),
  scrub: bool("keep SSMWRAP_* out of the program's environment"),
  "file-mode": octalMode,

  region: text("AWS region", "REGION"),
  profile: text("profile of the shared AWS configuration", "NAME"),
  "role-arn": text("assume this role first", "ARN"),
  "endpoint-url": text("send SSM requests there", "URL"),
  retries: int("extra tries of a call after the first; 0 means the default", {}, { defaultText: "9" }),
  "max-attempts": int("tries of a call in all; wins over -retries and AWS_MAX_ATTEMPTS", { min: 1 }, { defaultText: "10" }),
  timeout: duration("limit for fetching everything, credentials included", 120_000),
  concurrency: int("calls under way at once", { initial: 4, min: 1, max: 64 }),
  splay: duration("wait a random time up to this before the first call", undefined),

  print: choice("print the fetched variables and exit", ["dotenv", "json", "export", "fish", "names"], undefined, never),
  yes: bool("let -print write values to a terminal", never),
  "dry-run": bool("show what each variable and file would come from, without values, and exit", never),
  check: bool("resolve everything, print names and misses, and exit 0 or 1", never),

  supervise: bool("run the command as a child instead of becoming it"),
  "kill-after": duration("with -supervise: KILL the child this long after a TERM or INT", undefined),
  nofile: int("soft limit of open files for the command (the runtime raises it to the hard one)", { min: 1 }),
  "exit-codes": choice("go gives 1 instead of 126 and 127", ["sukima", "go"], "sukima"),
  "log-level": choice("least level that is logged", logLevels, "warn"),
  "log-format": choice("form of the log on stderr", ["text", "json"], "text"),
};

export type SsmwrapOptions = { readonly [K in keyof typeof options]: (typeof options)[K] extends Option<infer T> ? T : never };
