/**
 * Go strings are bytes, ours are JavaScript strings. A byte that is no valid UTF-8 is kept as the lone surrogate U+DC00 + byte;
 * `toHost` turns it into U+FFFD, one for each byte, as Go's decoders do.
 */
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The character that stands for an invalid byte, or for an ASCII one. */
export const byteChar = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);

/** The bytes Go would hold for this string. */
export function bytesOf(text: string): Uint8Array {
  if (text.isWellFormed()) return utf8.encode(text);
  // A lone surrogate that stands for no byte is encoded as U+FFFD, which is what the encoder does by itself.
  return Uint8Array.from(
    Array.from(text).flatMap((char) => (/[\udc80-\udcff]/u.test(char) ? char.charCodeAt(0) & 0xff : [...utf8.encode(char)])),
  );
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The string of these bytes, invalid ones kept as lone surrogates. */
export function textOf(bytes: Uint8Array): string {
  const valid = decode(bytes);
  if (valid !== undefined) return valid;
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const char = decode(bytes.subarray(at, at + size));
    text += char ?? byteChar(lead);
    at += char === undefined ? 1 : size;
  }
  return text;
}

/** Join bytes that only together make a character, after texts were put side by side. */
export const rejoin = (text: string): string => (text.isWellFormed() ? text : textOf(bytesOf(text)));

/** A string as the world outside may see it. */
export const toHost = (text: string): string => rejoin(text).toWellFormed();

/** Go's order of strings, by bytes: negative, 0 or positive. JavaScript's own order differs above U+FFFF. */
export function compareText(left: string, right: string): number {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
