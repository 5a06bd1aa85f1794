import type { Functions } from "./evaluator.ts";
import { typeName } from "./go-value.ts";
import { Deferred } from "./signal.ts";

/** The process environment or a stand-in for it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `must_env` of a variable that is not set. */
export class MissingVariable extends Deferred {
  override readonly name = "MissingVariable";
  readonly variable: string;

  constructor(variable: string) {
    super(`environment variable ${variable} is not defined`);
    this.variable = variable;
  }
}

function requireText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) throw new Error("invalid value; expected string");
  throw new Error(`wrong type for value; expected string; got ${typeName(value)}`);
}

function requireOne(name: string, operands: readonly unknown[]): string {
  if (operands.length !== 1) throw new Error(`wrong number of args for ${name}: want 1 got ${operands.length}`);
  return requireText(operands[0]);
}

const lookUp = (env: Environment, name: string): string | undefined => (Object.hasOwn(env, name) ? env[name] : undefined);

// Go's encoding/json escapes these so that its output may stand inside HTML and old JavaScript.
const escapeLikeGo = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * The functions that kayac/go-config gives every configuration file.
 *
 * - `env A B ...`: the first variable that is set and not empty, else the last operand itself.
 * - `must_env A`: the variable, which may be empty. When it is not set, the rendering ends with one `Incomplete` naming all such calls.
 * - `json_escape S`: the text as it stands between the quotes of a JSON string.
 */
export const envFunctions = (env: Environment): Functions => ({
  env: (...operands) => {
    const names = operands.map(requireText);
    const found = names.find((name) => (lookUp(env, name) ?? "") !== "");
    return found === undefined ? (names.at(-1) ?? "") : lookUp(env, found);
  },
  must_env: (...operands) => {
    const name = requireOne("must_env", operands);
    const value = lookUp(env, name);
    if (value === undefined) throw new MissingVariable(name);
    return value;
  },
  json_escape: (...operands) => escapeLikeGo(JSON.stringify(requireOne("json_escape", operands)).slice(1, -1)),
});
