import { rejoin } from "./byte-text.ts";
import { noFlags } from "./format-flags.ts";
import type { Flags } from "./format-flags.ts";
import { formatValue } from "./format-value.ts";
import { toInteger, typeName } from "./go-value.ts";
import { checkLength } from "./limits.ts";

// Go's own bound on widths and precisions.
const maxWidth = 1_000_000;
const digits = /\d+/y;

const show = (value: unknown): string => formatValue(value, "v", noFlags());

/** `fmt.Sprint`: blanks only between two operands that are no strings. */
export function print(operands: readonly unknown[]): string {
  let text = "";
  operands.forEach((operand, at) => {
    const isApart = at > 0 && typeof operand !== "string" && typeof operands[at - 1] !== "string";
    text = checkLength(text + (isApart ? " " : "") + show(operand));
  });
  return rejoin(text);
}

/** `fmt.Sprintln`: blanks between all operands, a line feed at the end. */
export const println = (operands: readonly unknown[]): string => rejoin(checkLength(`${operands.map(show).join(" ")}\n`));

/** `fmt.Sprintf`, its complaints in the output included. */
export function printf(format: string, operands: readonly unknown[]): string {
  return new Formatter(format, operands).run();
}

class Formatter {
  readonly #format: string;
  readonly #operands: readonly unknown[];
  #at = 0;
  #operand = 0;
  #isReordered = false;
  #isGoodIndex = true;
  #text = "";

  constructor(format: string, operands: readonly unknown[]) {
    this.#format = format;
    this.#operands = operands;
  }

  run(): string {
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf("%", this.#at);
      const end = percent < 0 ? this.#format.length : percent;
      this.#add(this.#format.slice(this.#at, end));
      this.#at = end + 1;
      if (percent >= 0) this.#formatOne();
    }
    this.#addExtra();
    return rejoin(this.#text);
  }

  #add(text: string): void {
    this.#text = checkLength(this.#text + text);
  }

  #formatOne(): void {
    const flags = this.#readFlags();
    this.#isGoodIndex = true;
    let afterIndex = this.#readIndex();
    if (this.#take("*")) {
      const width = this.#operandAsWidth();
      if (width === undefined) this.#add("%!(BADWIDTH)");
      flags.width = width === undefined ? undefined : Math.abs(width);
      if (width !== undefined && width < 0) [flags.minus, flags.zero] = [true, false];
      afterIndex = false;
    } else {
      flags.width = this.#readNumber();
      if (afterIndex && flags.width !== undefined) this.#isGoodIndex = false;
    }
    // A point that ends the format is no precision but the verb.
    if (this.#at + 1 < this.#format.length && this.#take(".")) afterIndex = this.#readPrecision(flags, afterIndex);
    if (!afterIndex) this.#readIndex();
    this.#formatVerb(flags);
  }

  #readFlags(): Flags {
    const flags = noFlags();
    for (; ; this.#at++) {
      const char = this.#format[this.#at];
      if (char === "#") flags.sharp = true;
      else if (char === "0") flags.zero = true;
      else if (char === "+") flags.plus = true;
      else if (char === "-") flags.minus = true;
      else if (char === " ") flags.space = true;
      else return flags;
    }
  }

  #readPrecision(flags: Flags, wasAfterIndex: boolean): boolean {
    if (wasAfterIndex) this.#isGoodIndex = false;
    const afterIndex = this.#readIndex();
    if (!this.#take("*")) {
      flags.precision = this.#readNumber() ?? 0;
      return afterIndex;
    }
    const precision = this.#operandAsWidth();
    flags.precision = precision !== undefined && precision >= 0 ? precision : undefined;
    if (flags.precision === undefined) this.#add("%!(BADPREC)");
    return false;
  }

  #formatVerb(flags: Flags): void {
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) return this.#add("%!(NOVERB)");
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    if (verb === "%") return this.#add("%");
    if (!this.#isGoodIndex) return this.#add(`%!${verb}(BADINDEX)`);
    if (this.#operand >= this.#operands.length) return this.#add(`%!${verb}(MISSING)`);
    if (verb === "v" || verb === "w") {
      Object.assign(flags, { sharpV: flags.sharp, plusV: flags.plus, sharp: false, plus: false });
    }
    return this.#add(formatValue(this.#operands[this.#operand++], verb, flags));
  }

  #take(char: string): boolean {
    if (this.#format[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  /** Digits at the current place. A number beyond the bound swallows the rest of the format, as in Go. */
  #readNumber(): number | undefined {
    digits.lastIndex = this.#at;
    const found = digits.exec(this.#format)?.[0];
    if (found === undefined) return undefined;
    const number = toWidth(found);
    this.#at = number === undefined ? this.#format.length : this.#at + found.length;
    return number;
  }

  /** `[n]`: the operand to use next. True if there was one, good or bad. */
  #readIndex(): boolean {
    if (this.#format[this.#at] !== "[") return false;
    this.#isReordered = true;
    const close = this.#format.length - this.#at < 3 ? -1 : this.#format.indexOf("]", this.#at);
    const inside = close < 0 ? "" : this.#format.slice(this.#at + 1, close);
    this.#at = close < 0 ? this.#at + 1 : close + 1;
    const number = /^\d+$/.test(inside) ? toWidth(inside) : undefined;
    if (number !== undefined && number > 0 && number <= this.#operands.length) {
      this.#operand = number - 1;
      return true;
    }
    this.#isGoodIndex = false;
    return number !== undefined;
  }

  #operandAsWidth(): number | undefined {
    if (this.#operand >= this.#operands.length) return undefined;
    const width = toInteger(this.#operands[this.#operand++]);
    return width === undefined || width > maxWidth || width < -maxWidth ? undefined : Number(width);
  }

  #addExtra(): void {
    if (this.#isReordered || this.#operand >= this.#operands.length) return;
    const extra = this.#operands.slice(this.#operand).map((operand) => {
      return operand === undefined || operand === null ? "<nil>" : `${typeName(operand)}=${show(operand)}`;
    });
    this.#add(`%!(EXTRA ${extra.join(", ")})`);
  }
}

/** The number; undefined when more digits follow after the bound is passed, which is where Go gives up. */
function toWidth(text: string): number | undefined {
  let number = 0;
  for (const digit of text) {
    if (number > maxWidth) return undefined;
    number = number * 10 + Number(digit);
  }
  return number;
}
