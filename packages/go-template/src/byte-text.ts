/**
 * Go strings are bytes, ours are JavaScript strings. A byte that is no valid UTF-8 is kept as the lone surrogate U+DC00 + byte;
 * `toHost` turns it into U+FFFD, one for each byte, as Go's decoders do.
 */
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes Go would hold for this string. */
export function bytesOf(text: string): Uint8Array {
  if (text.isWellFormed()) return utf8.encode(text);
  const parts = Array.from(text, (char) => {
    const code = char.charCodeAt(0);
    // Any other lone surrogate is encoded as U+FFFD, which is what the encoder does by itself.
    return code >= 0xdc80 && code <= 0xdcff && char.length === 1 ? Uint8Array.of(code & 0xff) : utf8.encode(char);
  });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The string of these bytes, invalid ones kept as lone surrogates. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return salvage(bytes);
  }
}

function salvage(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const char = decodeOne(bytes.subarray(at, at + size));
    text += char ?? String.fromCharCode(0xdc00 + lead);
    at += char === undefined ? 1 : size;
  }
  return text;
}

function decodeOne(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Join bytes that only together make a character, after texts were put side by side. */
export const rejoin = (text: string): string => (text.isWellFormed() ? text : textOf(bytesOf(text)));

/** A string as the world outside may see it. */
export const toHost = (text: string): string => rejoin(text).toWellFormed();

/** Go's order of strings, by bytes: negative, 0 or positive. JavaScript's own order differs above U+FFFF. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [bytesOf(left), bytesOf(right)];
  const size = Math.min(a.length, b.length);
  for (let at = 0; at < size; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
