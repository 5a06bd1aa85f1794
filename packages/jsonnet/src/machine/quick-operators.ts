import type { Slot } from "./values.ts";

/**
 * The result of an operator in its commonest cases, or undefined when it takes the long way: other types, an error, a deep comparison.
 * The numbers are those of `compile/op.ts`.
 */
export function quickly(instruction: number, left: Slot | undefined, right: Slot | undefined): number | boolean | undefined {
  if (typeof left === "number" && typeof right === "number") return quickNumbers(instruction, left, right);
  // Where one side has no parts, the host's === says the truth.
  const isSimple = typeof left !== "object" || typeof right !== "object" || left === null || right === null;
  if (instruction === 26) return isSimple ? left === right : undefined;
  if (instruction === 27) return isSimple ? left !== right : undefined;
  return undefined;
}

function quickNumbers(instruction: number, left: number, right: number): number | boolean | undefined {
  switch (instruction) {
    case 17: // add
      return inRange(left + right);
    case 18: // subtract
      return inRange(left - right);
    case 19: // multiply
      return inRange(left * right);
    case 22: // less
      return left < right;
    case 23: // greater
      return left > right;
    case 24: // lessOrEqual
      return left <= right;
    case 25: // greaterOrEqual
      return left >= right;
    case 26: // equal
      return left === right;
    case 27: // notEqual
      return left !== right;
    default:
      return undefined;
  }
}

function inRange(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
