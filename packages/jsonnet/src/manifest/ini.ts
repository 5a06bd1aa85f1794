import type { Machine } from "../machine/machine.ts";
import type { ObjectValue } from "../machine/object.ts";
import type { Value } from "../machine/values.ts";
import { fieldsOf } from "./fields.ts";
import { toText } from "./json.ts";

/** INI: the lines of `main`, then a section for each field of `sections`. An array gives a line for each element. */
export function manifestIni(ini: ObjectValue, machine: Machine): string {
  machine.check(ini);
  const lines = ini.isVisible("main") ? iniLines(machine.field(ini, "main"), machine) : [];
  for (const [name, section] of fieldsOf(machine.field(ini, "sections"), machine)) lines.push(`[${name}]`, ...iniLines(section, machine));
  return lines.map((line) => `${line}\n`).join("");
}

function iniLines(body: Value, machine: Machine): string[] {
  return fieldsOf(body, machine).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value.map((slot) => machine.force(slot)) : [value];
    return values.map((one) => `${name} = ${toText(one, machine)}`);
  });
}
