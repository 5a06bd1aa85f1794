import { fail } from "../errors.ts";
import { compareValues, equals } from "../machine/comparison.ts";
import type { Machine } from "../machine/machine.ts";
import { nothing } from "../machine/object.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { asFunction } from "./arguments.ts";
import { define, type Definition } from "./define.ts";
import { listElements } from "./elements.ts";

/** An element with what it is compared by. */
interface Keyed {
  readonly slot: Slot;
  readonly key: Value;
}

/** Sorting, and sets: arrays sorted without duplicates. */
export const sets: Readonly<Record<string, Definition>> = {
  sort: define("arr keyF", ([arr, keyF], machine) => slots(sort(keyed(arr, keyF, machine), machine)), { keyF: null }),
  uniq: define("arr keyF", ([arr, keyF], machine) => slots(unique(keyed(arr, keyF, machine), machine)), { keyF: null }),
  set: define("arr keyF", ([arr, keyF], machine) => slots(unique(sort(keyed(arr, keyF, machine), machine), machine)), { keyF: null }),
  setMember: define(
    "x arr keyF",
    ([x, arr, keyF], machine) => {
      const [wanted] = keyed([x ?? null], keyF, machine);
      return wanted !== undefined && isMember(wanted.key, listElements(arr, "Unexpected type"), keyF, machine);
    },
    { keyF: null },
  ),
  setUnion: define("a b keyF", ([a, b, keyF], machine) => merge(a, b, keyF, machine, { left: true, both: true, right: true }), {
    keyF: null,
  }),
  setInter: define("a b keyF", ([a, b, keyF], machine) => merge(a, b, keyF, machine, { left: false, both: true, right: false }), {
    keyF: null,
  }),
  setDiff: define("a b keyF", ([a, b, keyF], machine) => merge(a, b, keyF, machine, { left: true, both: false, right: false }), {
    keyF: null,
  }),
  minArray: define("arr keyF ~onEmpty", ([arr, keyF, onEmpty], machine) => extreme(arr, keyF, onEmpty, -1, machine), {
    keyF: null,
    onEmpty: nothing,
  }),
  maxArray: define("arr keyF ~onEmpty", ([arr, keyF, onEmpty], machine) => extreme(arr, keyF, onEmpty, 1, machine), {
    keyF: null,
    onEmpty: nothing,
  }),
};

function slots(list: readonly Keyed[]): Slot[] {
  return list.map(({ slot }) => slot);
}

function keyed(arr: Slot | undefined, keyF: Slot | undefined, machine: Machine): Keyed[] {
  return listElements(arr, "Unexpected type").map((slot) => ({ slot, key: keyOf(slot, keyF, machine) }));
}

function keyOf(slot: Slot, keyF: Slot | undefined, machine: Machine): Value {
  return keyF === null ? machine.force(slot) : machine.call(asFunction(keyF), slot);
}

function sort(list: readonly Keyed[], machine: Machine): Keyed[] {
  // A single element has to be comparable, too.
  const [only] = list;
  if (list.length === 1 && only !== undefined) requireOrder(only.key);
  return list.toSorted((a, b) => compareValues(a.key, b.key, machine));
}

function requireOrder(key: Value): void {
  const type = typeName(key);
  if (type === "object" || type === "function") throw fail(`Values of type ${type} are not comparable.`);
}

function unique(list: readonly Keyed[], machine: Machine): Keyed[] {
  const kept: Keyed[] = [];
  for (const element of list) {
    const last = kept.at(-1);
    if (last === undefined || !equals(last.key, element.key, machine)) kept.push(element);
  }
  return kept;
}

function isMember(wanted: Value, list: readonly Slot[], keyF: Slot | undefined, machine: Machine): boolean {
  let low = 0;
  for (let high = list.length; low < high;) {
    const middle = (low + high) >> 1;
    const difference = compareValues(keyOf(list[middle] ?? null, keyF, machine), wanted, machine);
    if (difference === 0) return true;
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

/** Walks two sets side by side and keeps what is only left, in both, or only right. Of equal elements the left one stays. */
function merge(
  a: Slot | undefined,
  b: Slot | undefined,
  keyF: Slot | undefined,
  machine: Machine,
  keeps: { left: boolean; both: boolean; right: boolean },
): Slot[] {
  const left = keyed(a, keyF, machine);
  const right = keyed(b, keyF, machine);
  const kept: Slot[] = [];
  let j = 0;
  for (const element of left) {
    let difference = 1;
    for (; j < right.length; j++) {
      const other = right[j];
      if (other === undefined) break;
      difference = compareValues(element.key, other.key, machine);
      if (difference <= 0) break;
      if (keeps.right) kept.push(other.slot);
    }
    const isInBoth = j < right.length && difference === 0;
    if (isInBoth) j++;
    if (isInBoth ? keeps.both : keeps.left) kept.push(element.slot);
  }
  if (keeps.right) for (const { slot } of right.slice(j)) kept.push(slot);
  return kept;
}

function extreme(arr: Slot | undefined, keyF: Slot | undefined, onEmpty: Slot | undefined, sign: 1 | -1, machine: Machine): Slot {
  const [first, ...rest] = keyed(arr, keyF, machine);
  if (first === undefined) {
    if (onEmpty === nothing || onEmpty === undefined) throw fail("Expected at least one element in array. Got none");
    return onEmpty;
  }
  let best = first;
  for (const element of rest) if (compareValues(element.key, best.key, machine) * sign > 0) best = element;
  return evaluated(machine.force(best.slot));
}
