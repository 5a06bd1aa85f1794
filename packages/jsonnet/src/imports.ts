import { path as paths } from "./builtin.ts";
import { compileProgram } from "./compile/compiler.ts";
import { fail } from "./errors.ts";
import type { Imported, Importer } from "./importer.ts";
import { makeEnv, Thunk, type Slot } from "./machine/values.ts";
import { Source } from "./source.ts";
import { libraryFor, makeStd } from "./std/library.ts";
import { parse } from "./syntax/parser.ts";

/** The imports of one evaluation: every file is found, read and compiled once, and evaluated at most once. */
export class Imports {
  readonly #importer: Importer;
  readonly #found = new Map<string, Imported>();
  readonly #programs = new Map<string, Thunk>();

  constructor(importer: Importer) {
    this.#importer = importer;
  }

  /** What an import expression gives. */
  load(kind: "import" | "importstr" | "importbin", path: string, from: string): Slot {
    const { name, content } = this.#find(path, from);
    if (kind === "importbin") return [...(typeof content === "string" ? Buffer.from(content) : content)];
    const text = typeof content === "string" ? content : Buffer.from(content).toString();
    if (kind === "importstr") return text;
    let program = this.#programs.get(name);
    if (program === undefined) {
      program = compileSource(new Source(name, text));
      this.#programs.set(name, program);
    }
    return program;
  }

  #find(path: string, from: string): Imported {
    const key = `${paths.dirname(from)}\0${path}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const answer = this.#ask(path, from);
    if (!("name" in answer)) {
      const places = answer.lookedAt.length > 0 ? ` (looked at: ${answer.lookedAt.join(", ")})` : "";
      throw fail(`couldn't open import ${JSON.stringify(path)}: no match locally or in the Jsonnet library paths${places}`);
    }
    // The same file under another path shares its program, found through the name.
    this.#found.set(key, answer);
    return answer;
  }

  #ask(path: string, from: string): ReturnType<Importer> {
    try {
      return this.#importer(path, from);
    } catch (error) {
      // A file that exists and cannot be read is the program's problem; anything without a system error code passes through.
      if (error instanceof Error && "code" in error) throw fail(`couldn't open import ${JSON.stringify(path)}: ${error.message}`);
      throw error;
    }
  }
}

/** The value of a source, evaluated when somebody looks. Static errors are thrown at once. */
export function compileSource(source: Source): Thunk {
  const { unit, frame } = compileProgram(parse(source), libraryFor(source.name));
  const env = makeEnv(null, frame.size);
  env[1] = makeStd(source.name);
  return new Thunk(unit, env);
}
