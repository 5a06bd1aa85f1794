import { stringLimit } from "../machine/operators.ts";
import type { Slot, Value } from "../machine/values.ts";
import { fail } from "../errors.ts";
import { asArray, asString } from "./arguments.ts";
import { typeName } from "../machine/type-name.ts";

/** Joins strings by a string or arrays by an array; null elements do not count. */
export function join(separator: Value, list: readonly Value[]): Slot {
  const parts = list.filter((value) => value !== null);
  if (typeof separator === "string") {
    const texts = parts.map(asString);
    const length = texts.reduce((total, text) => total + text.length + separator.length, 0);
    if (length > stringLimit) throw fail(`String of more than ${stringLimit} characters`);
    return texts.join(separator);
  }
  if (!Array.isArray(separator)) throw fail(`join first parameter should be string or array, got ${typeName(separator)}`);
  const joined: Slot[] = [];
  for (const [i, part] of parts.entries()) {
    if (i > 0) for (const slot of separator) joined.push(slot);
    for (const slot of asArray(part)) joined.push(slot);
  }
  return joined;
}
