import { fail } from "../errors.ts";
import { numberForMessage } from "../number-text.ts";
import { number } from "./operators.ts";
import type { Value } from "./values.ts";

type Bitwise = "&" | "|" | "^" | "<<" | ">>";

/** Bit operations work on the 64-bit integers that doubles hold exactly; operands outside are an error, results wrap. */
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

/** The one operator whose operand may be any number; beyond 64 bits it is the least integer, as on the original's machine. */
export function bitNot(value: Value): number {
  const whole = Math.trunc(number(value));
  return Number(~(Math.abs(whole) < 2 ** 63 ? BigInt(whole) : -(2n ** 63n)));
}

function shift(operator: "<<" | ">>", value: bigint, by: bigint): number {
  if (by < 0n) throw fail("Shift by negative exponent.");
  const bits = by % 64n;
  return Number(operator === ">>" ? value >> bits : BigInt.asIntN(64, value << bits));
}

function integer(value: Value): bigint {
  const whole = Math.trunc(number(value));
  if (!Number.isSafeInteger(whole)) {
    const range = `[${Number.MIN_SAFE_INTEGER}, ${Number.MAX_SAFE_INTEGER}]`;
    throw fail(`Bitwise operator argument ${numberForMessage(number(value))} outside of range ${range}`);
  }
  return BigInt(whole);
}
