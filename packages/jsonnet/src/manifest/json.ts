import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import type { Slot, Value } from "../machine/values.ts";
import { numberToText } from "../number-text.ts";

/** How JSON is laid out. */
export interface JsonLayout {
  /** One level of indentation; undefined writes everything on one line, with a blank after each comma. */
  readonly indent: string | undefined;
  readonly newline: string;
  readonly keySeparator: string;
  /** Writes empty arrays and objects with two line breaks inside instead of one blank. */
  readonly breaksEmpty: boolean;
  readonly number: (value: number) => string;
  readonly quote: (text: string) => string;
  /** Whether levels of data and the calls around share one limit. */
  readonly countsCalls: boolean;
}

/** What the command prints. */
export const prettyLayout: JsonLayout = {
  indent: "   ",
  newline: "\n",
  keySeparator: ": ",
  breaksEmpty: false,
  number: numberToText,
  quote: quoteJson,
  countsCalls: true,
};
/** What `'' + value` gives. */
const lineLayout: JsonLayout = { ...prettyLayout, indent: undefined };

/** The value as `'' + value` shows it: a string as it is, everything else as JSON on one line. */
export function toText(value: Value, machine: Machine): string {
  return typeof value === "string" ? value : manifestJson(value, machine, lineLayout);
}

/** JSON of a value, evaluating all of it. Object assertions run; a function anywhere in it is an error. */
export function manifestJson(value: Value, machine: Machine, layout: JsonLayout): string {
  return new JsonWriter(machine, layout).write(value, layout.newline);
}

class JsonWriter {
  readonly #machine: Machine;
  readonly #layout: JsonLayout;
  readonly #separator: string;
  readonly #isOutput: boolean;
  readonly #keys = new Map<string, string>();
  #level = 0;

  constructor(machine: Machine, layout: JsonLayout) {
    this.#machine = machine;
    this.#layout = layout;
    // Inside of the program the stack trace says already what was being written.
    this.#isOutput = machine.depth === 0;
    this.#separator = layout.indent === undefined ? ", " : ",";
  }

  /** `lineBreak` is what starts a line at the value's own level. */
  write(value: Value, lineBreak: string): string {
    if (value === null) return "null";
    switch (typeof value) {
      case "string":
        return this.#layout.quote(value);
      case "number":
        return this.#layout.number(value);
      case "boolean":
        return value ? "true" : "false";
    }
    if (Array.isArray(value)) return this.#writeArray(value, lineBreak);
    if (value instanceof ObjectValue) return this.#writeObject(value, lineBreak);
    throw fail("couldn't manifest function as JSON");
  }

  #writeArray(value: readonly Slot[], lineBreak: string): string {
    if (value.length === 0) return `[${this.#empty(lineBreak)}]`;
    this.#descend();
    const inner = this.#inner(lineBreak);
    const first = this.#lineBreak(inner);
    const next = this.#separator + first;
    let text = "[";
    let i = 0;
    try {
      for (; i < value.length; i++) text += (i === 0 ? first : next) + this.write(this.#machine.force(value[i]), inner);
    } catch (error) {
      throw this.#note(error, `Array element ${i}`);
    }
    this.#level--;
    return text + this.#lineBreak(lineBreak) + "]";
  }

  #writeObject(value: ObjectValue, lineBreak: string): string {
    this.#machine.check(value);
    const names = value.visibleNames();
    if (names.length === 0) return `{${this.#empty(lineBreak)}}`;
    this.#descend();
    const inner = this.#inner(lineBreak);
    const first = this.#lineBreak(inner);
    const next = this.#separator + first;
    let text = "{";
    let name = "";
    try {
      for (name of names) {
        text += (text.length === 1 ? first : next) + this.#key(name);
        text += this.write(this.#machine.field(value, name), inner);
      }
    } catch (error) {
      throw this.#note(error, `Field ${JSON.stringify(name)}`);
    }
    this.#level--;
    return text + this.#lineBreak(lineBreak) + "}";
  }

  // Levels of data are limited like calls, which also keeps endless data off the host's stack.
  #descend(): void {
    const calls = this.#layout.countsCalls ? this.#machine.depth : 0;
    if (calls + ++this.#level < this.#machine.limits.maxStack) return;
    throw fail(this.#layout.countsCalls ? "max stack frames exceeded." : "max manifest depth exceeded, possible infinite recursion");
  }

  /** A name with its colon. Names come again and again, so they are quoted once. */
  #key(name: string): string {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = this.#layout.quote(name) + this.#layout.keySeparator;
      this.#keys.set(name, key);
    }
    return key;
  }

  #note(error: unknown, what: string): unknown {
    return this.#isOutput ? this.#machine.note(error, what) : error;
  }

  #empty(lineBreak: string): string {
    return this.#layout.breaksEmpty ? this.#layout.newline + lineBreak : " ";
  }

  #lineBreak(text: string): string {
    return this.#layout.indent === undefined ? "" : text;
  }

  #inner(lineBreak: string): string {
    return lineBreak + (this.#layout.indent ?? "");
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what JSON strings must escape
const special = /["\\\u0000-\u001f\u007f-\u009f]/g;
const hasSpecial = new RegExp(special, "");
const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A string in JSON's quotes. Control characters are escaped, the C1 ones and DEL too, as the original does; all else is kept. */
export function quoteJson(text: string): string {
  if (!hasSpecial.test(text)) return `"${text}"`;
  return `"${text.replace(special, (char) => escapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

/** The same as Go's JSON library does it: DEL and C1 stay, the line separators of Unicode are escaped. */
export function quoteGoJson(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}
