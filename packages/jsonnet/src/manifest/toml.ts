import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import { typeName } from "../machine/type-name.ts";
import type { Value } from "../machine/values.ts";
import { numberToText } from "../number-text.ts";
import { quoteJson } from "./json.ts";

type Path = readonly (string | number)[];

/** A TOML document: plain values first, then a section for each object and one for each element of an array of objects. */
export function manifestToml(value: Value, machine: Machine, indent: string): string {
  if (!(value instanceof ObjectValue)) throw fail(`TOML body must be an object. Got ${typeName(value)}`);
  return new TomlWriter(machine, indent).body(value, [], [], "");
}

class TomlWriter {
  readonly #machine: Machine;
  readonly #indent: string;

  constructor(machine: Machine, indent: string) {
    this.#machine = machine;
    this.#indent = indent;
  }

  /** `names` is what stands in section heads; `path` has array places too, for messages. */
  body(table: ObjectValue, names: readonly string[], path: Path, indent: string): string {
    this.#machine.check(table);
    const plain: string[] = [];
    const sections: string[] = [];
    for (const name of table.visibleNames()) {
      const value = this.#machine.field(table, name);
      const tables = this.#asTables(value);
      if (value instanceof ObjectValue) sections.push(this.#section(value, [...names, name], [...path, name], indent, "[", "]"));
      else if (tables === undefined) plain.push(`${indent}${quoteKey(name)} = ${this.#value(value, [...path, name], false, indent)}`);
      else
        for (const [i, row] of tables.entries())
          sections.push(this.#section(row, [...names, name], [...path, name, i], indent, "[[", "]]"));
    }
    return [plain.join("\n"), ...sections].join("\n\n");
  }

  #section(table: ObjectValue, names: readonly string[], path: Path, indent: string, open: string, close: string): string {
    const isEmpty = table.visibleNames().length === 0;
    return `${indent}${open}${names.map(quoteKey).join(".")}${close}${isEmpty ? "" : "\n"}${this.body(table, names, path, indent + this.#indent)}`;
  }

  #asTables(value: Value): ObjectValue[] | undefined {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const rows = value.map((slot) => this.#machine.force(slot)).filter((row) => row instanceof ObjectValue);
    return rows.length === value.length ? rows : undefined;
  }

  #value(value: Value, path: Path, inline: boolean, indent: string): string {
    if (typeof value === "boolean") return String(value);
    if (typeof value === "number") return numberToText(value);
    if (typeof value === "string") return quoteJson(value);
    if (Array.isArray(value)) {
      if (value.length === 0) return "[]";
      const [inner, lineBreak] = inline ? ["", " "] : [indent + this.#indent, "\n"];
      const items = value.map((slot, i) => inner + this.#value(this.#machine.force(slot), [...path, i], true, ""));
      return `[${lineBreak}${items.join(`,${lineBreak}`)}${lineBreak}${inline ? "" : indent}]`;
    }
    if (value instanceof ObjectValue) {
      this.#machine.check(value);
      const field = (name: string): string =>
        `${quoteKey(name)} = ${this.#value(this.#machine.field(value, name), [...path, name], true, "")}`;
      return `{ ${value.visibleNames().map(field).join(", ")} }`;
    }
    throw fail(`Tried to manifest ${value === null ? '"null"' : "function"} at [${path.join(" ")}]`);
  }
}

function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : key === "" ? "''" : quoteJson(key);
}
