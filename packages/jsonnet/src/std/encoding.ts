import { fail } from "../errors.ts";
import { typeName } from "../machine/type-name.ts";
import type { Value } from "../machine/values.ts";
import { listCharacters } from "../strings.ts";
import { asArray, asString } from "./arguments.ts";
import { codePointOf } from "./characters.ts";
import { define, type Definition } from "./define.ts";
import { sha3 } from "./sha3.ts";

export const encoding: Readonly<Record<string, Definition>> = {
  encodeUTF8: define("str", ([str]) => [...Buffer.from(asString(str))]),
  decodeUTF8: define("arr", ([arr], machine) => Buffer.from(asArray(arr).map((slot, i) => codeUnit(machine.force(slot), i))).toString()),
  base64: define("input", ([input], machine) => {
    // A string counts as its code points, which must be bytes: UTF-8 takes std.encodeUTF8.
    const codes = typeof input === "string" ? listCharacters(input).map(codePointOf) : input;
    if (!Array.isArray(codes)) throw fail(`base64 can only base64 encode strings / arrays of single bytes, got ${typeName(codes)}`);
    return Buffer.from(codes.map((slot) => byteOf(machine.force(slot)))).toString("base64");
  }),
  base64Decode: define("str", ([str]) => decodeBase64(asString(str)).toString()),
  base64DecodeBytes: define("str", ([str]) => [...decodeBase64(asString(str))]),
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
function decodeBase64(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length % 4 !== 0) throw fail(`input string appears not to be a base64 encoded string. Wrong length found (${length})`);
  const good = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*/.exec(text)?.[0].length ?? 0;
  if (good < text.length) throw fail(`failed to decode: illegal base64 data at input byte ${good}`);
  return Buffer.from(text, "base64");
}
