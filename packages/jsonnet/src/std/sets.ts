import { fail } from "../errors.ts";
import { compareValues, equals } from "../machine/comparison.ts";
import { callForAll, evaluateAll } from "../machine/loops.ts";
import type { Machine } from "../machine/machine.ts";
import { nothing } from "../machine/object.ts";
import type { Slot, Value } from "../machine/values.ts";
import { asArray, asFunction } from "./arguments.ts";
import { define, type Definition } from "./define.ts";
import { listElements } from "./elements.ts";

/** An element with what it is compared by. */
interface Keyed {
  readonly slot: Slot;
  readonly key: Value;
}

/** Sorting, and sets: arrays sorted without duplicates. */
export const sets: Readonly<Record<string, Definition>> = {
  sort: define("arr keyF", ([arr, keyF], machine) => withKeys(asArray(arr), keyF, (list) => slots(sort(list, machine))), { keyF: null }),
  uniq: define("arr keyF", ([arr, keyF], machine) => withKeys(arr, keyF, (list) => slots(unique(list, machine))), { keyF: null }),
  set: define("arr keyF", ([arr, keyF], machine) => withKeys(asArray(arr), keyF, (list) => slots(unique(sort(list, machine), machine))), {
    keyF: null,
  }),
  setMember: define(
    "x arr keyF",
    ([x, arr, keyF], machine) => {
      const list = listElements(arr, "Unexpected type");
      return withKeys([x ?? null], keyF, ([wanted]) => wanted !== undefined && isMember(wanted.key, list, keyF, machine));
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
  minArray: define(
    "arr keyF ~onEmpty",
    ([arr, keyF, onEmpty], machine) => withKeys(asArray(arr), keyF, (list) => extreme(list, onEmpty, -1, machine)),
    { keyF: null, onEmpty: nothing },
  ),
  maxArray: define(
    "arr keyF ~onEmpty",
    ([arr, keyF, onEmpty], machine) => withKeys(asArray(arr), keyF, (list) => extreme(list, onEmpty, 1, machine)),
    { keyF: null, onEmpty: nothing },
  ),
};

function slots(list: readonly Keyed[]): Slot[] {
  return list.map(({ slot }) => slot);
}

/** Evaluates the keys of all elements and hands the pairs on. Without a key function an element is its own key. */
function withKeys(arr: Slot | undefined, keyF: Slot | undefined, after: (list: readonly Keyed[]) => Slot): Slot {
  const list = listElements(arr, "Unexpected type");
  const pair = (keys: readonly Value[]): Slot => after(list.map((slot, i) => ({ slot, key: keys[i] ?? null })));
  return keyF === null ? evaluateAll(list, pair) : callForAll(asFunction(keyF), list, pair);
}

function sort(list: readonly Keyed[], machine: Machine): Keyed[] {
  return list.toSorted((a, b) => compareValues(a.key, b.key, machine));
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
    const slot = list[middle] ?? null;
    const key = keyF === null ? machine.force(slot) : machine.call(asFunction(keyF), slot);
    const difference = compareValues(key, wanted, machine);
    if (difference === 0) return true;
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

interface Keeps {
  readonly left: boolean;
  readonly both: boolean;
  readonly right: boolean;
}

function merge(a: Slot | undefined, b: Slot | undefined, keyF: Slot | undefined, machine: Machine, keeps: Keeps): Slot {
  return withKeys(a, keyF, (left) => withKeys(b, keyF, (right) => mergeKeyed(left, right, machine, keeps)));
}

/** Walks two sets side by side and keeps what is only left, in both, or only right. Of equal elements the left one stays. */
function mergeKeyed(left: readonly Keyed[], right: readonly Keyed[], machine: Machine, keeps: Keeps): Slot[] {
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

function extreme([first, ...rest]: readonly Keyed[], onEmpty: Slot | undefined, sign: 1 | -1, machine: Machine): Slot {
  if (first === undefined) {
    if (onEmpty === nothing || onEmpty === undefined) throw fail("Expected at least one element in array. Got none");
    return onEmpty;
  }
  let best = first;
  for (const element of rest) if (compareValues(element.key, best.key, machine) * sign > 0) best = element;
  return best.slot;
}
