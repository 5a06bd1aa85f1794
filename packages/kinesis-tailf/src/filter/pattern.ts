import { usageError } from "@sukima/core";
import { requiredLiteral } from "./literal.ts";

/** Whether a payload matches; `text` gives it as UTF-8 with invalid sequences replaced, and is asked only when the bytes do not decide. */
export type BytesTest = (bytes: Buffer, text: () => string) => boolean;

/**
 * The user's own pattern, in the engine's RegExp; `^` and `$` match at line ends, as grep's do.
 * It is read with the Unicode rules where it keeps to them, and by the lenient older ones otherwise, so that `{"level":` needs no backslash.
 * Throws a usage error in the engine's words, with the position after the longest beginning that is a pattern, counted from 1.
 */
export function compilePattern(source: string, flag: string, ignoreCase: boolean): RegExp {
  const flags = ignoreCase ? "im" : "m";
  const pattern = compile(source, `${flags}u`);
  if (pattern instanceof RegExp) return pattern;
  const lenient = compile(source, flags);
  if (lenient instanceof RegExp) return lenient;
  let end = source.length - 1;
  while (end > 0 && !(compile(source.slice(0, end), flags) instanceof RegExp)) end--;
  const hint = "a backslash before ( [ { * + ? makes it an ordinary character";
  throw usageError("BAD_PATTERN", `${flag} ${JSON.stringify(source)}: at ${end + 1}: ${lenient}`, hint);
}

/** The pattern, or what the engine finds wrong with it. */
function compile(source: string, flags: string): RegExp | string {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    // Engines repeat the pattern in their own spelling before they come to the point.
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: (?:\/.*\/[a-z]*: )?/s, "") : "unreadable";
  }
}

/** A pattern as a test of bytes: a text that every match contains is looked for first, without decoding the payload. */
export function bytesTest(source: string, flag: string, ignoreCase: boolean): BytesTest {
  const pattern = compilePattern(source, flag, ignoreCase);
  const literal = ignoreCase ? "" : requiredLiteral(source);
  if (literal === "") return (_, text) => pattern.test(text());
  const needle = Buffer.from(literal);
  if (literal === source) return (bytes) => bytes.includes(needle);
  return (bytes, text) => bytes.includes(needle) && pattern.test(text());
}
