import type { Library } from "../compile/compiler.ts";
import { makeObject, type ObjectValue } from "../machine/object.ts";
import { arrays } from "./arrays.ts";
import { basics } from "./basics.ts";
import { makeNatives } from "./define.ts";
import { encoding } from "./encoding.ts";
import { manifests } from "./manifests.ts";
import { math } from "./math.ts";
import { objects } from "./objects.ts";
import { parsing } from "./parsing.ts";
import { sets } from "./sets.ts";
import { text } from "./text.ts";

const natives = makeNatives({ ...basics, ...math, ...text, ...arrays, ...sets, ...objects, ...encoding, ...parsing, ...manifests });
const byName = new Map<string, ReturnType<Library>>([...natives, ["pi", Math.PI]]);

/** What the compiler may put in place of `std.name` in one file. */
export function libraryFor(file: string): Library {
  return (name) => (name === "thisFile" ? file : byName.get(name));
}

const shared = makeObject([...natives, ["pi", Math.PI] as const], true);

/** The `std` object of one file: everything hidden. */
export function makeStd(file: string): ObjectValue {
  return shared.extend(makeObject([["thisFile", file] as const], true));
}
