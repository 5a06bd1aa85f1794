/** The message breaks the rules of protobuf, or the stricter ones of this decoder. Never leaves this folder. */
export class Malformed extends Error {}

/** Wire types of protobuf; 3 and 4 are groups, which the format does not use. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Reads one protobuf message field by field. Every method throws `Malformed` instead of reading past the end. */
export class WireReader {
  /** Number of the field that `next` has found. */
  field = 0;
  /** Its wire type. */
  type = 0;
  /** Start and end of the value that `span` has read. */
  start = 0;
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  #at: number;

  constructor(bytes: Uint8Array, from: number, limit: number) {
    this.#bytes = bytes;
    this.#at = from;
    this.#limit = limit;
  }

  /** Step to the next field; false at the end of the message. */
  next(): boolean {
    if (this.#at >= this.#limit) return false;
    const tag = this.varint(5);
    this.type = tag % 8;
    this.field = Math.floor(tag / 8);
    if (this.field === 0 || this.field >= 2 ** 29) throw new Malformed();
    return true;
  }

  /** A number of at most `longest` bytes. Values above 2^53 are refused: no index of a real record comes near. */
  varint(longest: number): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < longest; count++) {
      if (this.#at >= this.#limit) throw new Malformed();
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) throw new Malformed();
        return value;
      }
      scale *= 128;
    }
    throw new Malformed();
  }

  /** Read a length-delimited value: `start` and `end` then say where it lies. */
  span(): void {
    const length = this.varint(5);
    this.start = this.#at;
    this.end = this.#at + length;
    if (this.end > this.#limit) throw new Malformed();
    this.#at = this.end;
  }

  /** Step over the value of a field that nobody asked for. */
  skip(): void {
    if (this.type === wire.bytes) return this.span();
    if (this.type === wire.varint) return this.#skipVarint();
    if (this.type !== wire.fixed32 && this.type !== wire.fixed64) throw new Malformed();
    this.#at += this.type === wire.fixed32 ? 4 : 8;
    if (this.#at > this.#limit) throw new Malformed();
  }

  /** An unknown number may use all 64 bits, ten bytes. */
  #skipVarint(): void {
    for (let count = 0; count < 10; count++) {
      if (this.#at >= this.#limit) throw new Malformed();
      if ((this.#bytes[this.#at++] ?? 0) < 0x80) return;
    }
    throw new Malformed();
  }
}
