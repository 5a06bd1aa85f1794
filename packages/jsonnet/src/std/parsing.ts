import { fail } from "../errors.ts";
import { finite } from "../machine/operators.ts";
import { fromJson } from "../json-value.ts";
import type { Value } from "../machine/values.ts";
import { asString } from "./arguments.ts";
import { define, type Definition } from "./define.ts";

export const parsing: Readonly<Record<string, Definition>> = {
  parseInt: define("str", ([str]) => {
    const text = asString(str);
    if (!/^-?[0-9]+$/.test(text)) throw fail(`${JSON.stringify(text)} is not a base 10 integer`);
    return finite(Number(text));
  }),
  parseOctal: define("str", ([str]) => parseDigits(asString(str), 8, /^[0-7]+$/)),
  parseHex: define("str", ([str]) => parseDigits(asString(str), 16, /^[0-9a-fA-F]+$/)),
  parseJson: define("str", ([str]) => parseJson(asString(str))),
  parseYaml: define("str", ([str], machine) => machine.surroundings.parseYaml(asString(str))),
};

function parseDigits(text: string, radix: number, digits: RegExp): number {
  if (!digits.test(text)) throw fail(`${JSON.stringify(text)} is not a base ${radix} integer`);
  return finite([...text].reduce((value, digit) => value * radix + Number.parseInt(digit, radix), 0));
}

function parseJson(text: string): Value {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail(`failed to parse JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fromJson(json);
}
