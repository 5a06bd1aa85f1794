import { Undecodable } from "./limits.ts";

/** The bytes that a payload spells in base64, plain or for URLs, padded or not, with white space anywhere. Throws `Undecodable` for anything else. */
export function unbase64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1").replaceAll(/\s+/g, "");
  const [, digits = ""] = /^([A-Za-z0-9+/]*|[A-Za-z0-9_-]*)(={0,2})$/.exec(text) ?? [];
  const isPadded = digits.length === text.length || text.length % 4 === 0;
  if (digits === "" || digits.length % 4 === 1 || !isPadded) throw new Undecodable("decode_failed");
  return Buffer.from(digits, "base64");
}
