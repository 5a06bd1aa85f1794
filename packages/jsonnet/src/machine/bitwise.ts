import { fail } from "../errors.ts";
import { numberForMessage } from "../number-text.ts";
import { number } from "./operators.ts";
import type { Value } from "./values.ts";

type Bitwise = "&" | "|" | "^" | "<<" | ">>";

/** Bit operations work on the 64-bit integers that doubles hold exactly; what lies outside is an error. */
export function bitwise(operator: Bitwise, left: Value, right: Value): number {
  const a = integer(left);
  const b = integer(right);
  switch (operator) {
    case "&":
      return Number(a & b);
    case "|":
      return Number(a | b);
    case "^":
      return Number(a ^ b);
    default:
      return shift(operator, a, b);
  }
}

export function bitNot(value: Value): number {
  return Number(~integer(value));
}

function shift(operator: "<<" | ">>", value: bigint, by: bigint): number {
  if (by < 0n) throw fail("Shift by negative exponent.");
  const bits = by % 64n;
  if (operator === ">>") return Number(value >> bits);
  const result = BigInt.asIntN(64, value << bits);
  if (result >> bits !== value) throw fail(`Left shift of ${value} by ${bits} bits overflows`);
  return Number(result);
}

function integer(value: Value): bigint {
  const whole = Math.trunc(number(value));
  if (!Number.isSafeInteger(whole)) {
    const range = `[${Number.MIN_SAFE_INTEGER}, ${Number.MAX_SAFE_INTEGER}]`;
    throw fail(`Bitwise operator argument ${numberForMessage(number(value))} outside of range ${range}`);
  }
  return BigInt(whole);
}
