import { begin, finish, finishData, finishFiles, finishStream, type EvaluateOptions, type Program } from "./evaluate.ts";
import type { Json } from "./json-value.ts";
import { readYaml } from "./std/yaml.ts";

export { JsonnetError, type TraceLine } from "./errors.ts";
export type { EvaluateOptions, NativeFunction, Program } from "./evaluate.ts";
export { fileImporter, memoryImporter, type Imported, type Importer } from "./importer.ts";
export type { Json } from "./json-value.ts";
export { describeSpan, Source, type Span } from "./source.ts";
export type * as ast from "./syntax/ast.ts";
export { parse } from "./syntax/parser.ts";
export { formatValue } from "./value-format.ts";

/** Evaluates a program and returns its value as JSON text like the command prints it. Throws {@link JsonnetError}. */
export function evaluate(program: Program, options: EvaluateOptions = {}): string {
  return finish(begin(program, options, readYaml));
}

/** Evaluates a program whose value is a string, and returns it with a last newline added, as `-S` prints it. */
export function evaluateString(program: Program, options: EvaluateOptions = {}): string {
  return finish(begin(program, options, readYaml), true);
}

/** Evaluates a program whose value is an object of files: JSON text (or with `asString` the text itself) by file name, sorted. */
export function evaluateFiles(program: Program, options: EvaluateOptions & { readonly asString?: boolean } = {}): Map<string, string> {
  return finishFiles(begin(program, options, readYaml), options.asString);
}

/** Evaluates a program whose value is an array of documents: JSON text of each. */
export function evaluateStream(program: Program, options: EvaluateOptions & { readonly asString?: boolean } = {}): string[] {
  return finishStream(begin(program, options, readYaml), options.asString);
}

/** Evaluates a program and returns its value as data. Objects have no prototype. */
export function evaluateData(program: Program, options: EvaluateOptions = {}): Json {
  return finishData(begin(program, options, readYaml));
}
