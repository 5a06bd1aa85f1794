import { fail } from "../errors.ts";
import { numberForMessage } from "../number-text.ts";
import { countCharacters } from "../strings.ts";

/** The character with a code point. Surrogates become U+FFFD, as in the original's UTF-8. */
export function characterOf(point: number): string {
  const whole = Math.trunc(point);
  if (point < 0) throw fail(`Codepoints must be >= 0, got ${numberForMessage(point)}`);
  if (whole > 0x10ffff) throw fail(`Invalid unicode codepoint, got ${numberForMessage(point)}`);
  return whole >= 0xd800 && whole <= 0xdfff ? "\ufffd" : String.fromCodePoint(whole);
}

/** The code point of a text that is one character. */
export function codePointOf(text: string): number {
  const point = text.codePointAt(0);
  if (point === undefined || countCharacters(text) !== 1) {
    throw fail(`codepoint takes a string of length 1, got length ${countCharacters(text)}`);
  }
  return point;
}
