import { fail } from "../errors.ts";
import { typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { asArray, asString } from "./arguments.ts";
import { codePointOf } from "./characters.ts";
import { define, type Definition } from "./define.ts";
import { sha3 } from "./sha3.ts";

export const encoding: Readonly<Record<string, Definition>> = {
  encodeUTF8: define("str", ([str]) => [...Buffer.from(asString(str))]),
  decodeUTF8: define("arr", ([arr], machine) => decodeText(Buffer.from(asArray(arr).map((slot, i) => codeUnit(machine.force(slot), i))))),
  base64: define("input", ([input], machine) => {
    if (typeof input === "string") {
      // The code points must be bytes, yet what is encoded is UTF-8.
      for (const char of input) byteOf(codePointOf(char));
      return Buffer.from(input).toString("base64");
    }
    if (!Array.isArray(input)) throw fail(`base64 can only base64 encode strings / arrays of single bytes, got ${typeName(input)}`);
    return Buffer.from(input.map((slot) => byteOf(machine.force(slot)))).toString("base64");
  }),
  base64Decode: define("str", ([str]) => decodeText(decodeBase64(str))),
  base64DecodeBytes: define("str", ([str]) => [...decodeBase64(str)]),
  md5: define("s", ([s]) => digest("md5", asString(s))),
  sha1: define("str", ([str]) => digest("sha1", asString(str))),
  sha256: define("str", ([str]) => digest("sha256", asString(str))),
  sha512: define("str", ([str]) => digest("sha512", asString(str))),
  sha3: define("str", ([str]) => Buffer.from(sha3(Buffer.from(asString(str)))).toString("hex")),
};

// Loaded when first used: most programs hash nothing.
function digest(algorithm: string, text: string): string {
  return process.getBuiltinModule("node:crypto").createHash(algorithm).update(text).digest("hex");
}

function byteOf(value: Value): number {
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw fail(`base64 encountered a non-integer value in the array, got ${typeName(value)}`);
  }
  if (value < 0 || value > 255) throw fail(`base64 encountered invalid codepoint value in the array (must be 0 <= X <= 255), got ${value}`);
  return value;
}

function codeUnit(value: Value, place: number): number {
  if (typeof value !== "number") throw fail(`Element ${place} of the provided array was not a number`);
  if (!Number.isInteger(value)) throw fail(`Element ${place} of the provided array was not an integer`);
  if (value < 0 || value > 255) throw fail(`Element ${place} of the provided array is not a byte: ${value}`);
  return value;
}

/** Lines may be broken, as the original's decoder lets them; the length counts the breaks. */
function decodeBase64(text: Slot | undefined): Buffer {
  if (typeof text !== "string") throw fail(`base64DecodeBytes requires a string, got ${typeName(text)}`);
  const length = Buffer.byteLength(text);
  if (length % 4 !== 0) throw fail(`input string appears not to be a base64 encoded string. Wrong length found (${length})`);
  const good = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*/.exec(text)?.[0].length ?? 0;
  if (good < text.length) throw fail(`failed to decode: illegal base64 data at input byte ${good}`);
  return Buffer.from(text, "base64");
}

/** The text of some UTF-8, with a replacement character for every byte that is none, where the host makes one for several. */
function decodeText(bytes: Buffer): string {
  const whole = bytes.toString();
  if (!whole.includes("\ufffd")) return whole;
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const piece = bytes.subarray(at, at + size);
    const char = piece.toString();
    const isValid = Buffer.from(char).equals(piece);
    text += isValid ? char : "\ufffd";
    at += isValid ? size : 1;
  }
  return text;
}
