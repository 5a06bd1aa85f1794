import { byteChar } from "./byte-text.ts";
import { escapeLetters, escapedChars } from "./quoting.ts";

const escapes = /\\(?:x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/gu;

/** The text between the quotes of a literal, escapes replaced; undefined when Go calls it invalid syntax. */
export function unescape(body: string, quote: string): string | undefined {
  let isValid = true;
  const text = body.replace(escapes, (_, hexByte?: string, octal?: string, short?: string, long?: string, char = " ") => {
    const named = char === quote ? char : escapedChars[escapeLetters.indexOf(char)];
    if (named) return named;
    const byte = Number(octal ? `0o${octal}` : `0x${hexByte}`);
    if (byte < 0x100) return byteChar(byte);
    const code = Number(`0x${short ?? long}`);
    isValid &&= code < 0xd800 || (code > 0xdfff && code < 0x11_0000);
    return isValid ? String.fromCodePoint(code) : "";
  });
  return isValid ? text : undefined;
}

/** The number a rune literal stands for, or the sentence that says what is wrong with it. */
export function readRune(literal: string): bigint | string {
  const text = unescape(literal.slice(1, -1), "'");
  if (!text) return "invalid syntax";
  const [char = "", ...others] = text;
  if (others.length > 0) return `malformed character constant: ${literal}`;
  const code = char.codePointAt(0) ?? 0;
  return BigInt(char.isWellFormed() ? code : code & 0xff);
}
