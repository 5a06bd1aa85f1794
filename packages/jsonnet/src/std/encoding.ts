import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { typeName } from "../machine/type-name.ts";
import type { Slot } from "../machine/values.ts";
import { asArray, asString } from "./arguments.ts";
import { define, type Definition } from "./define.ts";
import { sha3 } from "./sha3.ts";

export const encoding: Readonly<Record<string, Definition>> = {
  encodeUTF8: define("str", ([str]) => [...Buffer.from(asString(str))]),
  decodeUTF8: define("arr", ([arr], machine) => Buffer.from(bytesOf(asArray(arr), "decodeUTF8", machine)).toString()),
  base64: define("input", ([input], machine) => {
    if (typeof input === "string") return Buffer.from(input).toString("base64");
    if (!Array.isArray(input)) throw fail(`base64 can only base64 encode strings / arrays of single bytes, got ${typeName(input)}`);
    return Buffer.from(bytesOf(input, "base64", machine)).toString("base64");
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

function bytesOf(list: readonly Slot[], name: string, machine: Machine): number[] {
  return list.map((slot) => {
    const byte = machine.force(slot);
    if (typeof byte !== "number" || !Number.isInteger(byte)) {
      throw fail(`${name} encountered a non-integer value in the array, got ${typeof byte === "number" ? byte : typeName(byte)}`);
    }
    if (byte < 0 || byte > 255) throw fail(`${name} encountered invalid codepoint value in the array (must be 0 <= X <= 255), got ${byte}`);
    return byte;
  });
}

function decodeBase64(text: string): Buffer {
  const refuse = (): Error =>
    fail(`failed to decode: illegal base64 data: not a base64 encoded string ${JSON.stringify(text.slice(0, 64))}`);
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw refuse();
  return Buffer.from(text, "base64");
}
