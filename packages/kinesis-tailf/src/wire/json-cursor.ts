import { isRaw } from "./raw-buffer.ts";
import { TextWindow } from "./text-window.ts";

/** The bytes are no JSON that a scan can take: another reader has to decide. */
export class Unusual extends Error {}

/** ASCII text as a cursor compares it: four bytes at a time. */
export interface Literal {
  readonly length: number;
  readonly words: Int32Array;
  readonly rest: Uint8Array;
  readonly bytes: Uint8Array;
}

export function ascii(text: string): Literal {
  const bytes = Buffer.from(text, "latin1");
  const words = Int32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readInt32LE(at * 4));
  return { length: bytes.length, words, rest: bytes.subarray(words.length * 4), bytes };
}

const space = 0x20;
const quote = 0x22;
const equals = 0x3d;
const backslash = 0x5c;
const lastAscii = 0x7f;

/**
 * Reads JSON without spaces, as AWS writes it, from left to right out of its bytes: a text of the whole answer would be megabytes of memory more.
 * What it takes, `JSON.parse` takes for the same. Every method but the `takes` ones throws `Unusual` for what it does not expect.
 */
export class JsonCursor {
  readonly bytes: Buffer;
  readonly view: DataView;
  at: number;
  readonly #window: TextWindow;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at;
    this.#window = new TextWindow(bytes);
  }

  /** Whether this stands here; it is passed over then. */
  takes({ length, words, rest }: Literal): boolean {
    const { view, bytes } = this;
    const end = this.at + length;
    if (end > bytes.length) return false;
    let { at } = this;
    for (let word = 0; word < words.length; word++, at += 4) if (view.getInt32(at, true) !== words[word]) return false;
    for (let byte = 0; byte < rest.length; byte++, at++) if (bytes[at] !== rest[byte]) return false;
    this.at = end;
    return true;
  }

  /** The same for one character, by its code. */
  takesCode(code: number): boolean {
    if (this.bytes[this.at] !== code) return false;
    this.at++;
    return true;
  }

  expect(literal: Literal): void {
    if (!this.takes(literal)) throw new Unusual("something else is expected here");
  }

  /** From inside a string, behind it. Gives the number of bytes that it means. */
  passString(): number {
    const { bytes, view } = this;
    const from = this.at;
    let at = from;
    // Four of 0-9 and the like at once: sequence numbers are 56 digits.
    for (const last = bytes.length - 4; at <= last && (view.getInt32(at, true) & 0xf0f0f0f0) === 0x30303030;) at += 4;
    let isPlain = true;
    for (let code = bytes[at]; code !== quote; code = bytes[++at]) {
      if (code === undefined || code < space) throw new Unusual("a string without an end");
      if (code !== backslash && code <= lastAscii) continue;
      isPlain = false;
      if (code === backslash) at++;
    }
    this.at = at + 1;
    return isPlain ? at - from : Buffer.byteLength(unescaped(bytes.toString("utf8", from, at)));
  }

  /** From inside a string, behind it. Gives what it means. */
  string(): string {
    const { at } = this;
    this.passString();
    return unescaped(this.bytes.toString("utf8", at, this.at - 1));
  }

  /** From inside a base64 string, behind it; decoded into `target` from `offset` on. Gives the number of bytes. */
  base64(target: Buffer, offset: number): number {
    const { bytes, at } = this;
    const end = bytes.indexOf(quote, at);
    if (end < 0) throw new Unusual("a string without an end");
    this.at = end + 1;
    const length = end - at;
    if (length === 0) return 0;
    const padding = bytes[end - 1] !== equals ? 0 : bytes[end - 2] !== equals ? 1 : 2;
    const text = this.#window.slice(at, end);
    const written = isRaw(target) ? target.base64Write(text, offset) : target.write(text, offset, "base64");
    // The runtime passes over what is not base64, a backslash for example; counting shows it, and a length that is no multiple of 4.
    if (written !== (length / 4) * 3 - padding) throw new Unusual("not base64");
    return written;
  }

  /** Nothing may follow. */
  end(): void {
    if (this.at !== this.bytes.length) throw new Unusual("more than one value");
  }
}

/** What stands between the quotes of a string, as it is meant. Throws `Unusual` for an escape that is none. */
function unescaped(content: string): string {
  if (!content.includes("\\")) return content;
  try {
    return String(JSON.parse(`"${content}"`));
  } catch {
    throw new Unusual("no escape");
  }
}
