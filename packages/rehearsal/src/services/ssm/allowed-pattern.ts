import { runInNewContext } from "node:vm";
import { RE2JS } from "re2js";
import { AwsError } from "../../wire/aws-error.ts";

/** Real milliseconds after which a pattern that needs backtracking is given up. */
const LIMIT_MS = 500;

/** Anchors of AWS's patterns that an engine spells otherwise. */
const RE2_ANCHORS = { "\\Z": "\\n?\\z" };
const BACKTRACKING_ANCHORS = { "\\A": "(?<![^])", "\\z": "(?![^])", "\\Z": "(?=\\n?(?![^]))" };

/**
 * Refuse a value that the pattern does not allow, and a pattern that is none, with the model's errors.
 * Source: the model's text of AllowedPattern. Guesses: the pattern may match anywhere in the value; its grammar is Java's, as far as RE2 or JavaScript share it.
 */
export function checkPattern(value: string, pattern: string | undefined): void {
  if (pattern === undefined || pattern === "") return;
  if (!matches(value, pattern))
    throw new AwsError("ParameterPatternMismatchException", `Parameter value, cannot be validated against allowedPattern: ${pattern}`);
}

/** In linear time, unless the pattern has what RE2 leaves out: lookarounds, back references, counts above 1,000. */
function matches(value: string, pattern: string): boolean {
  const rule = compileLinear(pattern);
  return rule === undefined ? backtrack(value, pattern) : rule.test(value);
}

function compileLinear(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(translate(pattern, RE2_ANCHORS));
  } catch {
    return undefined;
  }
}

function backtrack(value: string, pattern: string): boolean {
  const rule = compileBacktracking(pattern);
  if (rule === undefined)
    throw new AwsError("InvalidAllowedPatternException", `The AllowedPattern is not a valid regular expression: ${pattern}`);
  try {
    const answer: unknown = runInNewContext("rule.test(value)", { rule, value }, { timeout: LIMIT_MS });
    return answer === true;
  } catch {
    throw new AwsError("InvalidAllowedPatternException", `Rehearsal gave the AllowedPattern up after ${LIMIT_MS} ms: ${pattern}`);
  }
}

function compileBacktracking(pattern: string): RegExp | undefined {
  const [front = "", flags = ""] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const text = translate(pattern.slice(front.length), BACKTRACKING_ANCHORS);
  for (const unicode of ["u", ""]) {
    try {
      return new RegExp(text, `${flags}${unicode}`);
    } catch {
      // With the u flag JavaScript refuses needless escapes such as `\-`.
    }
  }
  return undefined;
}

const translate = (pattern: string, anchors: Readonly<Record<string, string>>): string =>
  pattern.replaceAll(/\\[^]/g, (escape) => anchors[escape] ?? escape);
