/** The text is no JSON that a scan can take: another reader has to decide. */
export class Unusual extends Error {}

const backslash = 0x5c;
const equals = 0x3d;
const zero = 0x30;
const nine = 0x39;
const point = 0x2e;

/** Whole numbers of so many digits are exact. */
const exactDigits = 15;

/**
 * Reads JSON without spaces, as AWS writes it, from left to right out of a text that has one character for each byte.
 * Every method but `takes` throws `Unusual` for what it does not expect.
 */
export class JsonCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether this stands here; it is passed over then. */
  takes(literal: string): boolean {
    if (!this.text.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  /** The same for one character, by its code. */
  takesCode(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  expect(literal: string): void {
    if (!this.takes(literal)) throw new Unusual(`no ${literal}`);
  }

  /** From inside a string, behind it. Gives the place of its closing quote. */
  stringEnd(): number {
    const { text, at } = this;
    let end = text.indexOf('"', at);
    while (end > at && text.charCodeAt(end - 1) === backslash && this.#isEscaped(end)) end = text.indexOf('"', end + 1);
    if (end < 0) throw new Unusual("a string without an end");
    this.at = end + 1;
    return end;
  }

  /** From inside a base64 string, behind it; decoded into `bytes` from `offset` on. Gives the number of bytes. */
  base64(bytes: Buffer, offset: number): number {
    const { text, at } = this;
    const end = this.stringEnd();
    const length = end - at;
    if (length === 0) return 0;
    const padding = text.charCodeAt(end - 1) !== equals ? 0 : text.charCodeAt(end - 2) !== equals ? 1 : 2;
    const written = bytes.write(text.slice(at, end), offset, "base64");
    // The runtime passes over what is not base64; counting shows it.
    if (length % 4 !== 0 || written !== (length / 4) * 3 - padding) throw new Unusual("not base64");
    return written;
  }

  /** A number that is not negative, times 10 to the `shift`, rounded to a whole one. */
  wholeNumber(shift: number): number {
    const { text } = this;
    const from = this.at;
    let at = from;
    let digits = 0;
    let fraction = 0;
    let code = text.charCodeAt(at);
    for (let isFraction = false; (code >= zero && code <= nine) || (code === point && !isFraction); code = text.charCodeAt(++at)) {
      if (code === point) isFraction = true;
      else {
        digits = digits * 10 + code - zero;
        if (isFraction) fraction++;
      }
    }
    if (at === from || at - from > exactDigits) throw new Unusual("no number, or a long one");
    this.at = at;
    const power = shift - fraction + (code === 0x45 || code === 0x65 ? this.#exponent() : 0);
    return power >= 0 ? digits * 10 ** power : Math.round(digits / 10 ** -power);
  }

  #exponent(): number {
    this.at++;
    return this.wholeNumber(0);
  }

  /** Nothing may follow. */
  end(): void {
    if (this.at !== this.text.length) throw new Unusual("more than one value");
  }

  #isEscaped(at: number): boolean {
    let slashes = 0;
    while (this.text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    return slashes % 2 === 1;
  }
}
