import { rejoin } from "./byte-text.ts";

const simple: Readonly<Record<string, string>> = { a: "\u0007", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\" };

const byteChar = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);

interface Escape {
  readonly value: number;
  readonly isByte: boolean;
  readonly size: number;
}

/** Read the escape whose backslash stands at `at`; undefined if Go refuses it. */
function readEscape(text: string, at: number, quote: string): Escape | undefined {
  const letter = text[at + 1] ?? "";
  if (letter === quote) return { value: letter.charCodeAt(0), isByte: false, size: 2 };
  const plain = Object.hasOwn(simple, letter) ? simple[letter] : undefined;
  if (plain !== undefined) return { value: plain.charCodeAt(0), isByte: false, size: 2 };
  const match = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/.exec(text.slice(at + 1, at + 10));
  if (match === null) return undefined;
  const [whole, byte, short, long, octal] = match;
  const value = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? "", 16) : Number.parseInt(octal, 8);
  const isByte = byte !== undefined || octal !== undefined;
  const isValid = isByte ? value <= 0xff : value <= 0x10_ffff && (value < 0xd800 || value > 0xdfff);
  return isValid ? { value, isByte, size: whole.length + 1 } : undefined;
}

/** The value of a string literal with its quotes, or undefined when Go calls it invalid syntax. */
export function unquoteString(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  // Carriage returns are dropped from raw strings, so that line endings of the file do not matter.
  if (literal.startsWith("`")) return body.replaceAll("\r", "");
  const parts: string[] = [];
  let from = 0;
  for (let at = body.indexOf("\\"); at >= 0; at = body.indexOf("\\", from)) {
    const escape = readEscape(body, at, '"');
    if (escape === undefined) return undefined;
    parts.push(body.slice(from, at), escape.isByte ? byteChar(escape.value) : String.fromCodePoint(escape.value));
    from = at + escape.size;
  }
  return rejoin(parts.join("") + body.slice(from));
}

/** The number a rune literal stands for, or the sentence that says what is wrong with it. */
export function unquoteRune(literal: string): bigint | string {
  const escape = literal[1] === "\\" ? readEscape(literal, 1, "'") : undefined;
  const code = literal.codePointAt(1);
  if ((literal[1] === "\\" && escape === undefined) || literal[1] === "'" || code === undefined) return "invalid syntax";
  const size = escape?.size ?? (code > 0xffff ? 2 : 1);
  if (literal.slice(1 + size) !== "'") return `malformed character constant: ${literal}`;
  return BigInt(escape?.value ?? code);
}
