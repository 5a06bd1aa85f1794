import { createHash, randomUUID } from "node:crypto";
import { usageError } from "@sukima/core";
import { parseExactJson } from "../exact-json.ts";

/** The partition key for the data of a record. */
export type KeyOf = (data: Uint8Array) => string;

/** Characters of a partition key at most (model text of PutRecords). */
export const longestKey = 256;

/** The key that the original gives: the same data always goes to the same shard. */
const contentKey: KeyOf = (data) => createHash("sha256").update(data).digest("hex");

/** `a.b[0].c`, the leading dot optional, as the members and indexes to follow. */
function parsePath(text: string): readonly string[] | undefined {
  const steps = [...text.matchAll(/\.?([^.[\]]+)|\[(\d+)\]/g)];
  const isWhole = steps.map(([all]) => all).join("") === text;
  return isWhole && steps.length > 0 ? steps.map(([, member, index]) => member ?? index ?? "") : undefined;
}

function memberAt(text: string, path: readonly string[]): string | undefined {
  let value = parseExactJson(text);
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return ["string", "number", "bigint", "boolean"].includes(typeof value) ? String(value) : undefined;
}

/** What a `-key-from` finds in a record; undefined or empty where there is nothing. */
type Finder = (text: string) => string | undefined;

/** Reads `/regexp/` (its first group, or the whole match), `3` (the third column between blanks) or a path into JSON. Throws an Error with a short sentence. */
export function parseKeyFrom(expression: string): Finder {
  const pattern = /^\/(.+)\/$/s.exec(expression)?.[1];
  if (pattern !== undefined) {
    const regexp = new RegExp(pattern, "u");
    return (text) => {
      const found = regexp.exec(text);
      return found === null ? undefined : (found[1] ?? found[0]);
    };
  }
  if (/^[1-9]\d*$/.test(expression)) return (text) => text.trim().split(/\s+/)[Number(expression) - 1];
  const path = parsePath(expression);
  if (path === undefined)
    throw new Error(`expected /regexp/, the number of a column or a path such as user.id, got ${JSON.stringify(expression)}`);
  return (text) => memberAt(text, path);
}

/** How keys are made. */
export interface KeySettings {
  readonly "partition-key": string | undefined;
  readonly "key-from": Finder | undefined;
  readonly "key-random": boolean;
}

/** The way to make keys that was asked for. Throws a usage error when two were, and for a key that is too long. */
export function keyMaker(settings: KeySettings): KeyOf {
  const { "partition-key": fixed, "key-from": find, "key-random": isRandom } = settings;
  const isFixed = fixed !== undefined && fixed !== "";
  if ([isFixed, find !== undefined, isRandom].filter(Boolean).length > 1) {
    throw usageError("TWO_KEYS", "only one of -partition-key, -key-from and -key-random can make the keys");
  }
  if (isFixed) {
    if (fixed.length > longestKey) throw usageError("LONG_KEY", `-partition-key has ${fixed.length} characters; ${longestKey} are allowed`);
    return () => fixed;
  }
  if (isRandom) return () => randomUUID();
  if (find === undefined) return contentKey;
  return (data) => find(Buffer.from(data.buffer, data.byteOffset, data.length).toString("utf8")) || contentKey(data);
}
