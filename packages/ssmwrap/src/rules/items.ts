import { usageError } from "@sukima/core";

/** One `key=value` of a rule. */
export interface Item {
  readonly key: string;
  readonly value: string;
}

const refuse = (rule: string, problem: string): Error => usageError("BAD_RULE", `rule ${JSON.stringify(rule)}: ${problem}`);

/**
 * Split a rule into its items: `path=/a/*,prefix="x,y"`.
 * A value in double quotes may hold commas, `\"` and `\\`; Go has no way to write a comma. Throws a usage error that shows the rule.
 */
export function splitItems(rule: string): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < rule.length) {
    const equals = rule.indexOf("=", at);
    const comma = rule.indexOf(",", at);
    if (equals < 0 || (comma >= 0 && comma < equals)) {
      throw refuse(rule, `expected key=value, got ${JSON.stringify(rule.slice(at, comma < 0 ? undefined : comma))}`);
    }
    const { value, end } = rule[equals + 1] === '"' ? quoted(rule, equals + 1) : bare(rule, equals + 1);
    items.push({ key: rule.slice(at, equals).trim(), value });
    if (end < rule.length && rule[end] !== ",")
      throw refuse(rule, `expected a comma after the quoted value, got ${JSON.stringify(rule.slice(end))}`);
    at = end + 1;
  }
  if (items.length === 0) throw refuse(rule, "expected path=... and perhaps more items");
  return items;
}

function bare(rule: string, start: number): { value: string; end: number } {
  const comma = rule.indexOf(",", start);
  const end = comma < 0 ? rule.length : comma;
  return { value: rule.slice(start, end), end };
}

function quoted(rule: string, start: number): { value: string; end: number } {
  let value = "";
  for (let at = start + 1; at < rule.length; at++) {
    if (rule[at] === '"') return { value, end: at + 1 };
    if (rule[at] === "\\") at++;
    value += rule[at] ?? "";
  }
  throw refuse(rule, "a quoted value has no closing quote");
}
