const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A value that must not reach a log, an error or an argv. It prints as `[secret]`; grep for `.reveal(` to audit a tool. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it as late as possible, and never inside a message. */
  reveal(): string {
    return this.#value;
  }

  /** Length of the value in UTF-8 bytes, safe to print. */
  get bytes(): number {
    return Buffer.byteLength(this.#value);
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect](): string {
    return "[secret]";
  }
}
