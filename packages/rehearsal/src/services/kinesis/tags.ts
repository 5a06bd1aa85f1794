import { invalidArgument } from "./kinesis-errors.ts";
import type { Stream } from "./stream-store.ts";

/** The most tags of a stream (the model's text of AddTagsToStream). */
const MAX_TAGS = 50;

/** Add tags to a stream, replacing those of the same key. Throws InvalidArgumentException when there would be too many. */
export function addTags({ tags }: Stream, added: Readonly<Record<string, string>>): void {
  const merged = new Map([...tags, ...Object.entries(added)]);
  if (merged.size > MAX_TAGS) throw invalidArgument(`A stream can have at most ${MAX_TAGS} tags, this would make ${merged.size}.`);
  for (const [key, value] of merged) tags.set(key, value);
}

/** A stream's tags by key, as answers list them. */
export const listTags = ({ tags }: Stream): { Key: string; Value: string }[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value })).toSorted((a, b) => (a.Key < b.Key ? -1 : 1));
