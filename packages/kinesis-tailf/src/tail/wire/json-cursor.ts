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

const quote = 0x22;
const backslash = 0x5c;
const equals = 0x3d;
const zero = 0x30;
const nine = 0x39;
const point = 0x2e;

const powersOfTen = Array.from({ length: 23 }, (_, power) => 10 ** power);

/** From a table: computing them takes half of the time of reading a number. */
function powerOfTen(power: number): number {
  const value = powersOfTen[power];
  if (value === undefined) throw new Unusual("a huge number");
  return value;
}

/** Whole numbers of so many digits are exact. */
const exactDigits = 15;
const halfDigits = 8;

/**
 * Reads JSON without spaces, as AWS writes it, from left to right out of its bytes: a text of the whole answer would be megabytes of memory more.
 * Every method but the `takes` ones throws `Unusual` for what it does not expect.
 */
export class JsonCursor {
  readonly bytes: Buffer;
  readonly view: DataView;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at;
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

  /** From inside a string, behind it. Gives the place of its closing quote. */
  stringEnd(): number {
    const { bytes, at } = this;
    let end = bytes.indexOf(quote, at);
    while (end > at && bytes[end - 1] === backslash && this.#isEscaped(end)) end = bytes.indexOf(quote, end + 1);
    if (end < 0) throw new Unusual("a string without an end");
    this.at = end + 1;
    return end;
  }

  /** From inside a base64 string, behind it; decoded into `target` from `offset` on. Gives the number of bytes. */
  base64(target: Buffer, offset: number): number {
    const { bytes, at } = this;
    const end = this.stringEnd();
    const length = end - at;
    if (length === 0) return 0;
    const padding = bytes[end - 1] !== equals ? 0 : bytes[end - 2] !== equals ? 1 : 2;
    const written = target.write(bytes.toString("latin1", at, end), offset, "base64");
    // The runtime passes over what is not base64; counting shows it.
    if (length % 4 !== 0 || written !== (length / 4) * 3 - padding) throw new Unusual("not base64");
    return written;
  }

  /** A number that is not negative, times 10 to the `shift`, rounded to a whole one. */
  wholeNumber(shift: number): number {
    const { bytes } = this;
    let { at } = this;
    // In two halves, each of which fits the engine's fast integers.
    let high = 0;
    let low = 0;
    let digits = 0;
    let pointAt = 0;
    let code = bytes[at] ?? 0;
    for (; (code >= zero && code <= nine) || (code === point && pointAt === 0); code = bytes[++at] ?? 0) {
      if (code === point) pointAt = at;
      else if (digits++ < halfDigits) high = high * 10 + (code - zero);
      else low = low * 10 + (code - zero);
    }
    if (digits === 0 || digits > exactDigits) throw new Unusual("no number, or a long one");
    this.at = at;
    const fraction = pointAt === 0 ? 0 : at - pointAt - 1;
    const whole = digits <= halfDigits ? high : high * powerOfTen(digits - halfDigits) + low;
    const power = shift - fraction + (code === 0x45 || code === 0x65 ? this.#exponent() : 0);
    return power >= 0 ? whole * powerOfTen(power) : Math.round(whole / powerOfTen(-power));
  }

  /** Nothing may follow. */
  end(): void {
    if (this.at !== this.bytes.length) throw new Unusual("more than one value");
  }

  #exponent(): number {
    this.at++;
    return this.wholeNumber(0);
  }

  #isEscaped(at: number): boolean {
    let slashes = 0;
    while (this.bytes[at - 1 - slashes] === backslash) slashes++;
    return slashes % 2 === 1;
  }
}
