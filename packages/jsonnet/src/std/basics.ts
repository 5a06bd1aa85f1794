import { fail } from "../errors.ts";
import { compareValues, equals } from "../machine/comparison.ts";
import { modulo } from "../machine/operators.ts";
import { Native } from "../machine/native.ts";
import { ObjectValue } from "../machine/object.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import { Closure, type Slot } from "../machine/values.ts";
import { quoteJson, toText } from "../manifest/json.ts";
import { countCharacters } from "../strings.ts";
import { asBoolean, asNumber, asString } from "./arguments.ts";
import { define, type Definition } from "./define.ts";

/** Types, equality, debugging and what comes from outside. */
export const basics: Readonly<Record<string, Definition>> = {
  id: define("x", ([x]) => x ?? null),
  type: define("x", ([x]) => typeName(x)),
  isArray: define("v", ([v]) => Array.isArray(v)),
  isBoolean: define("v", ([v]) => typeof v === "boolean"),
  isFunction: define("v", ([v]) => typeName(v) === "function"),
  isNull: define("v", ([v]) => v === null),
  isNumber: define("v", ([v]) => typeof v === "number"),
  isObject: define("v", ([v]) => v instanceof ObjectValue),
  isString: define("v", ([v]) => typeof v === "string"),
  length: define("x", ([x]) => lengthOf(x)),
  toString: define("a", ([a], machine) => toText(evaluated(a), machine)),
  primitiveEquals: define("x y", ([x, y]) => primitiveEquals(x, y)),
  equals: define("x y", ([x, y], machine) => equals(evaluated(x), evaluated(y), machine)),
  __compare: define("v1 v2", ([x, y], machine) => Math.sign(compareValues(evaluated(x), evaluated(y), machine))),
  mod: define("a b", ([a, b], machine) => modulo(evaluated(a), evaluated(b), machine)),
  modulo: define("x y", ([x, y], machine) => modulo(asNumber(x), asNumber(y), machine)),
  xor: define("x y", ([x, y]) => asBoolean(x) !== asBoolean(y)),
  xnor: define("x y", ([x, y]) => asBoolean(x) === asBoolean(y)),
  assertEqual: define("a b", ([a, b], machine) => {
    const [left, right] = [evaluated(a), evaluated(b)];
    if (equals(left, right, machine)) return true;
    const show = (value: typeof left): string => (typeof value === "string" ? quoteJson(value) : toText(value, machine));
    throw fail(`Assertion failed. ${show(left)} != ${show(right)}`);
  }),
  trace: define("str rest", ([str, rest], machine) => {
    const span = machine.activations[machine.depth]?.describe()?.span;
    machine.surroundings.trace(`TRACE: ${span ? `${span.source.name}:${span.source.position(span.start).line}` : ""} ${asString(str)}`);
    return rest ?? null;
  }),
  extVar: define("x", ([x], machine) => {
    const slot = machine.surroundings.extVar(asString(x));
    if (slot === undefined) throw fail(`Undefined external variable: ${asString(x)}`);
    return slot;
  }),
  native: define("x", ([x], machine) => machine.surroundings.native(asString(x))),
};

function lengthOf(x: Slot | undefined): number {
  if (typeof x === "string") return countCharacters(x);
  if (Array.isArray(x)) return x.length;
  if (x instanceof ObjectValue) return x.visibleNames().length;
  if (x instanceof Closure) return x.code.parameters.length;
  if (x instanceof Native) return x.parameters.length;
  throw fail(`Unexpected type ${typeName(x)}`);
}

function primitiveEquals(x: Slot | undefined, y: Slot | undefined): boolean {
  const type = typeName(x);
  if (type !== typeName(y)) return false;
  if (type === "function" || type === "object" || type === "array") throw fail(`primitiveEquals operates on primitive types, got ${type}`);
  return x === y;
}
