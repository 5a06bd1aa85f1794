import { fail, JsonnetError } from "./errors.ts";
import { fileImporter, type Importer } from "./importer.ts";
import { compileSource, Imports } from "./imports.ts";
import { fromJson, toJson, type Json } from "./json-value.ts";
import { Machine } from "./machine/machine.ts";
import { Native } from "./machine/native.ts";
import { ObjectValue } from "./machine/object.ts";
import { evaluated, typeName } from "./machine/type-name.ts";
import { Closure, type Slot, type Value } from "./machine/values.ts";
import { manifestJson, prettyLayout } from "./manifest/json.ts";
import { Source } from "./source.ts";

/** A program: a file that the importer finds, or code under a name for messages. */
export type Program = { readonly file: string } | { readonly code: string; readonly name?: string };

/** A function of the host for `std.native`. It gets and gives data; what it throws ends the evaluation and reaches the caller as it is. */
export interface NativeFunction {
  readonly parameters: readonly string[];
  readonly call: (...args: Json[]) => Json;
}

export interface EvaluateOptions {
  /** Finds imports. Default: files relative to the importing one. */
  readonly importer?: Importer;
  /** External variables (`std.extVar`) as text, and as code; code wins. */
  readonly extVars?: Readonly<Record<string, string>>;
  readonly extCode?: Readonly<Record<string, string>>;
  /** Arguments for a program that is a function, as text, and as code; code wins. */
  readonly topLevelArgs?: Readonly<Record<string, string>>;
  readonly topLevelCode?: Readonly<Record<string, string>>;
  readonly natives?: Readonly<Record<string, NativeFunction>>;
  /** Calls and lazy values under evaluation at once. Default 500, as in the original. */
  readonly maxStack?: number;
  /** Calls, lazy values and loop rounds altogether; the way out of endless programs. Default: no limit. */
  readonly maxSteps?: number;
  /** Takes the lines of `std.trace`, which are `TRACE: file:line text`. Default: they are dropped. */
  readonly onTrace?: (line: string) => void;
}

/** Reads YAML into data for `std.parseYaml`; handed in, because the command loads it only when a program asks. */
export type YamlReader = (text: string) => unknown;

/** An evaluation under way: the machine, and the value of the program with top-level arguments applied. */
export interface Evaluation {
  readonly machine: Machine;
  readonly value: Value;
}

/** Evaluates a program to its outermost value. */
export function begin(program: Program, options: EvaluateOptions, readYaml: YamlReader): Evaluation {
  const imports = new Imports(options.importer ?? fileImporter());
  const external = lazily(options.extVars ?? {}, options.extCode ?? {}, "extvar");
  const natives = new Map(Object.entries(options.natives ?? {}).map(([name, native]) => [name, wrap(name, native)]));
  const machine = new Machine(
    {
      importFile: (kind, path, from) => imports.load(kind, path, from),
      extVar: external,
      native: (name) => natives.get(name) ?? null,
      trace: options.onTrace ?? (() => undefined),
      readYaml,
    },
    { maxStack: options.maxStack ?? 500, maxSteps: options.maxSteps ?? Number.POSITIVE_INFINITY },
  );
  return during("evaluation", machine, () => {
    const slot =
      "file" in program ? imports.load("import", program.file, "") : compileSource(new Source(program.name ?? "<snippet>", program.code));
    return { machine, value: applyArguments(machine, machine.force(slot), options) };
  });
}

/** JSON text, three blanks a level and a last newline; or with `asString` the text that the value is, which gets a newline, too. */
export function finish({ machine, value }: Evaluation, asString = false): string {
  return during("manifestation", machine, () => `${write(value, machine, asString)}\n`);
}

/** A text for each field of the value, in order of their names. */
export function finishFiles({ machine, value }: Evaluation, asString = false): Map<string, string> {
  return during("manifestation", machine, () => {
    if (!(value instanceof ObjectValue)) {
      const rule = "should be an object whose keys are filenames and values hold the JSON for that file.";
      throw fail(`multi mode: top-level object was a ${typeName(value)}, ${rule}`);
    }
    machine.check(value);
    return new Map(value.visibleNames().map((name) => [name, `${write(machine.field(value, name), machine, asString)}\n`]));
  });
}

/** A text for each element of the value. */
export function finishStream({ machine, value }: Evaluation, asString = false): string[] {
  return during("manifestation", machine, () => {
    if (!Array.isArray(value)) {
      const rule = "should be an array whose elements hold the JSON for each document in the stream.";
      throw fail(`stream mode: top-level object was a ${typeName(value)}, ${rule}`);
    }
    return value.map((slot) => `${write(machine.force(slot), machine, asString)}\n`);
  });
}

/** The value as data. */
export function finishData({ machine, value }: Evaluation): Json {
  return during("manifestation", machine, () => toJson(value, machine));
}

function write(value: Value, machine: Machine, asString: boolean): string {
  if (!asString) return manifestJson(value, machine, prettyLayout);
  if (typeof value !== "string") throw fail(`expected string result, got: ${typeName(value)}`);
  return value;
}

/** Ends the trace of an error with the phase it came from, and turns the host's errors into the language's. */
function during<T>(phase: string, machine: Machine, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Thrown) throw error.signal;
    const known = machine.explain(error);
    if (known instanceof JsonnetError && known.kind === "runtime") known.trace.push({ span: undefined, name: `During ${phase}` });
    throw known;
  }
}

/** Texts as values and code as thunks, compiled when first asked for. */
function lazily(
  texts: Readonly<Record<string, string>>,
  codes: Readonly<Record<string, string>>,
  kind: string,
): (name: string) => Slot | undefined {
  const known = new Map<string, Slot>(Object.entries(texts));
  const waiting = new Map(Object.entries(codes));
  return (name) => {
    const code = waiting.get(name);
    if (code !== undefined) {
      known.set(name, compileSource(new Source(`<${kind}:${name}>`, code)));
      waiting.delete(name);
    }
    return known.get(name);
  };
}

function applyArguments(machine: Machine, value: Value, options: EvaluateOptions): Value {
  if (!(value instanceof Closure) && !(value instanceof Native)) return value;
  const { topLevelArgs = {}, topLevelCode = {} } = options;
  const lookUp = lazily(topLevelArgs, topLevelCode, "top-level-arg");
  const named = [...new Set([...Object.keys(topLevelArgs), ...Object.keys(topLevelCode)])];
  return machine.callNamed(
    value,
    named,
    named.map((name) => lookUp(name) ?? null),
  );
}

/** Carries what a host function threw through the evaluation, so that nothing on the way takes it for an error of its own. */
class Thrown {
  readonly signal: unknown;

  constructor(signal: unknown) {
    this.signal = signal;
  }
}

function wrap(name: string, { parameters, call }: NativeFunction): Native {
  return new Native(name, parameters, (args, machine) => {
    const data = args.map((slot) => toJson(evaluated(slot), machine));
    try {
      return fromJson(call(...data));
    } catch (signal) {
      throw signal instanceof JsonnetError ? signal : new Thrown(signal);
    }
  });
}
