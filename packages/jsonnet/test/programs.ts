import { evaluate, evaluateData, JsonnetError, memoryImporter, type EvaluateOptions, type Json } from "../src/index.ts";

/** The value of a program as plain data that `toEqual` compares. */
export function valueOf(code: string, options: EvaluateOptions = {}): Json {
  return JSON.parse(JSON.stringify(evaluateData({ code }, options)));
}

/** What the command prints for a program, without the last newline. */
export function textOf(code: string, options: EvaluateOptions = {}): string {
  return evaluate({ code }, options).slice(0, -1);
}

/** The whole report of a program that must fail. */
export function reportOf(code: string, options: EvaluateOptions = {}): string {
  try {
    evaluate({ code, name: "test.jsonnet" }, options);
  } catch (error) {
    if (error instanceof JsonnetError) return error.format();
    throw error;
  }
  throw new Error(`the program was to fail: ${code}`);
}

/** The first line of the report, without its kind. */
export function complaintOf(code: string, options: EvaluateOptions = {}): string {
  return (
    reportOf(code, options)
      .split("\n", 1)[0]
      ?.replace(/^(RUNTIME|STATIC) ERROR: (\S+:\S+ )?/, "") ?? ""
  );
}

export function withFiles(files: Record<string, Uint8Array | string>): EvaluateOptions {
  return { importer: memoryImporter(files) };
}
