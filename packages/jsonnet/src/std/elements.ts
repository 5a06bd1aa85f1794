import { fail } from "../errors.ts";
import { typeName } from "../machine/type-name.ts";
import type { Slot } from "../machine/values.ts";
import { listCharacters } from "../strings.ts";

/** The elements of an array, or the characters of a string. `complaint` begins the error for anything else. */
export function listElements(target: Slot | undefined, complaint: string): Slot[] {
  if (Array.isArray(target)) return target;
  if (typeof target === "string") return listCharacters(target);
  throw fail(
    complaint === "Unexpected type" ? `Unexpected type ${typeName(target)}, expected array` : `${complaint}, got ${typeName(target)}`,
  );
}
