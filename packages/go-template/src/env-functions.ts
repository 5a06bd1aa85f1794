import type { Functions } from "./evaluator.ts";
import { hex } from "./quoting.ts";
import { countProblem, refuse, textProblem } from "./refusal.ts";
import { Deferred } from "./signal.ts";

/** The process environment or a stand-in for it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `must_env` of a variable that is not set; `message` names it. */
export class MissingVariable extends Deferred {}

/** The operands if Go would take them; `name` is given for a function of one operand. */
function requireTexts(operands: readonly unknown[], name?: string): readonly string[] {
  const problem = name && operands.length !== 1 ? countProblem(name, 1, operands.length) : operands.map(textProblem).find(Boolean);
  if (problem) refuse(problem);
  return operands.map(String);
}

// Go's encoding/json escapes these so that its output may stand inside HTML and old JavaScript.
const escapeLikeGo = (json: string): string => json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${hex(char.charCodeAt(0), 4)}`);

/**
 * The functions that kayac/go-config gives every configuration file.
 *
 * - `env A B ...`: the first variable that is set and not empty, else the last operand itself.
 * - `must_env A`: the variable, which may be empty. When it is not set, the rendering ends with one `Incomplete` naming all such calls.
 * - `json_escape S`: the text as it stands between the quotes of a JSON string.
 */
export function envFunctions(env: Environment): Functions {
  const lookUp = (name: string): string | undefined => (Object.hasOwn(env, name) ? env[name] : undefined);
  return {
    env: (...operands) => {
      const names = requireTexts(operands);
      return names.map(lookUp).find(Boolean) ?? names.at(-1) ?? "";
    },
    must_env: (...operands) => {
      const [name = ""] = requireTexts(operands, "must_env");
      const value = lookUp(name);
      if (value === undefined) throw new MissingVariable(`environment variable ${name} is not defined`);
      return value;
    },
    json_escape: (...operands) => escapeLikeGo(JSON.stringify(requireTexts(operands, "json_escape")[0]).slice(1, -1)),
  };
}
