import { fail } from "../errors.ts";
import { toText } from "../manifest/json.ts";
import { evaluateAll } from "../machine/loops.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import { typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { countCharacters } from "../strings.ts";
import { asNumber } from "./arguments.ts";
import { characterOf } from "./characters.ts";
import { parseFormat, type FormatCode } from "./format-code.ts";
import { renderExponent, renderFixed, renderHex, renderInteger, renderShort } from "./format-number.ts";

/**
 * `format % values`, Python's rules as the original reads them: an array gives values in order, an object by name, anything
 * else is the only value. A precision does not cut `%s`.
 */
export function format(text: string, values: Value, machine: Machine): Slot {
  if (values instanceof ObjectValue) return fillIn(text, new Named(values, machine), machine);
  if (!Array.isArray(values)) return fillIn(text, new Ordered([values]), machine);
  return evaluateAll(values, (list) => fillIn(text, new Ordered(list), machine));
}

function fillIn(text: string, source: Values, machine: Machine): string {
  let result = "";
  for (const part of parseFormat(text)) result += typeof part === "string" ? part : formatPart(part, source, machine);
  source.end();
  return result;
}

/** Where a format's values come from. `at` names the place for messages. */
interface Values {
  star(what: string): number;
  next(code: FormatCode): { value: Value; at: string };
  end(): void;
}

class Ordered implements Values {
  #at = 0;
  readonly #values: readonly Value[];

  constructor(values: readonly Value[]) {
    this.#values = values;
  }

  star(): number {
    if (this.#at >= this.#values.length) throw fail(`Not enough values to format: ${this.#values.length}, expected at least ${this.#at}`);
    return asNumber(this.#values[this.#at++]);
  }

  next(): { value: Value; at: string } {
    if (this.#at >= this.#values.length) throw fail(`Not enough values to format: ${this.#values.length}, expected more than ${this.#at}`);
    return { value: this.#values[this.#at] ?? null, at: String(this.#at++) };
  }

  end(): void {
    if (this.#at < this.#values.length) throw fail(`Too many values to format: ${this.#values.length}, expected ${this.#at}`);
  }
}

class Named implements Values {
  readonly #object: ObjectValue;
  readonly #machine: Machine;

  constructor(object: ObjectValue, machine: Machine) {
    this.#object = object;
    this.#machine = machine;
  }

  star(what: string): number {
    throw fail(`Cannot use * ${what} with object.`);
  }

  next({ key }: FormatCode): { value: Value; at: string } {
    if (key === undefined) throw fail("Mapping keys required.");
    if (!this.#object.has(key)) throw fail(`No such field: ${key}`);
    this.#machine.check(this.#object);
    return { value: this.#machine.field(this.#object, key), at: key };
  }

  end(): void {
    // An object may have more fields than the format uses.
  }
}

function formatPart(code: FormatCode, values: Values, machine: Machine): string {
  const width = code.width === "*" ? values.star("field width") : code.width;
  const precision = code.precision === "*" ? values.star("precision") : code.precision;
  const text = code.conversion === "%" ? "%" : formatValue(code, values.next(code), width, precision, machine);
  machine.spend(Math.abs(width));
  const padding = " ".repeat(Math.max(0, width - countCharacters(text)));
  return code.flags.has("-") ? text + padding : padding + text;
}

function formatValue(
  { conversion, flags }: FormatCode,
  { value, at }: { value: Value; at: string },
  width: number,
  precision: number | undefined,
  machine: Machine,
): string {
  if (conversion === "s") return toText(value, machine);
  if (conversion === "c") return formatCharacter(value);
  if (typeof value !== "number") throw fail(`Format required number at ${at}, got ${typeName(value)}`);
  const style = { blank: flags.has(" "), plus: flags.has("+"), alternate: flags.has("#") };
  const zeros = flags.has("0") && !flags.has("-") ? width : 0;
  const isUpper = conversion !== conversion.toLowerCase();
  switch (conversion.toLowerCase()) {
    case "o":
      return renderInteger(value <= -1, Math.floor(Math.abs(value)), zeros, precision ?? 0, style, 8, style.alternate ? "0" : "");
    case "x":
      return renderHex(Math.floor(value), zeros, precision ?? 0, style, isUpper);
    case "f":
      return renderFixed(value, zeros, style, true, precision ?? 6);
    case "e":
      return renderExponent(value, zeros, style, true, isUpper, precision ?? 6);
    case "g":
      return renderShort(value, zeros, style, isUpper, precision ?? 6);
    default:
      return renderInteger(value <= -1, Math.floor(Math.abs(value)), zeros, precision ?? 0, style, 10);
  }
}

function formatCharacter(value: Value): string {
  if (typeof value === "number") return characterOf(value);
  if (typeof value !== "string") throw fail(`%c expected number / string, got: ${typeName(value)}`);
  if (countCharacters(value) !== 1) throw fail(`%c expected 1-sized string got: ${countCharacters(value)}`);
  return value;
}
