import { fail } from "../errors.ts";
import { finite } from "../machine/operators.ts";
import { fromJson } from "../json-value.ts";
import type { Value } from "../machine/values.ts";
import { asString } from "./arguments.ts";
import { define, type Definition } from "./define.ts";

export const parsing: Readonly<Record<string, Definition>> = {
  parseInt: define("str", ([str]) => {
    const text = asString(str);
    const isInteger = /^[+-]?[0-9]+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
    if (!isInteger) throw fail(`${text} is not a base 10 integer`);
    return Number(BigInt(text));
  }),
  parseOctal: define("str", ([str]) => parseDigits(asString(str), 8, /^[0-7]+$/)),
  parseHex: define("str", ([str]) => parseDigits(asString(str), 16, /^[0-9a-fA-F]+$/)),
  parseJson: define("str", ([str]) => parseJson(asString(str))),
  parseYaml: define("str", ([str], machine) => parseYaml(asString(str), machine.surroundings.readYaml)),
};

function parseDigits(text: string, radix: number, digits: RegExp): number {
  if (!digits.test(text)) throw fail(`${text} is not a base ${radix} integer`);
  return finite([...text].reduce((value, digit) => value * radix + Number.parseInt(digit, radix), 0));
}

function parseJson(text: string): Value {
  try {
    return fromJson(JSON.parse(text));
  } catch (error) {
    throw error instanceof SyntaxError ? fail(`failed to parse JSON: ${error.message}`) : error;
  }
}

function parseYaml(text: string, read: (text: string) => unknown): Value {
  try {
    return fromJson(read(text));
  } catch (error) {
    // Only what the reader itself says about the text has no class of its own.
    throw error instanceof Error && error.constructor === Error ? fail(`failed to parse YAML: ${error.message}`) : error;
  }
}
