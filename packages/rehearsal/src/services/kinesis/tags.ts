import type { Call } from "../../wire/call.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Stream } from "./stream-store.ts";

/** The most tags of a stream or consumer (model texts of AddTagsToStream and RegisterStreamConsumer). */
const MAX_TAGS = 50;

/**
 * Refuse tags that a stream or consumer cannot have together. The first sentence is what mhart/kinesalite, test/addTagsToStream.js,
 * had from the service, whose limit was lower then; the second is a guess. Which characters tags may have is not checked.
 */
export function refuseTags(call: Call, kind: "stream" | "consumer", name: string, keys: Iterable<string>): void {
  const all = new Set(keys);
  const refuse = (reason: string): never => {
    throw invalidArgument(`Failed to add tags to ${kind} ${name} under account ${call.world.account} because ${reason}.`);
  };
  if (all.size > MAX_TAGS) refuse(`a given ${kind} cannot have more than ${MAX_TAGS} tags associated with it`);
  if (all.keys().some((key) => key.startsWith("aws:"))) refuse("tag keys that begin with aws: are reserved");
}

/** Add tags to a stream, replacing those of the same key. */
export function addTags(call: Call, { name, tags }: Stream, added: Readonly<Record<string, string>>): void {
  refuseTags(call, "stream", name, [...tags.keys(), ...Object.keys(added)]);
  for (const [key, value] of Object.entries(added)) tags.set(key, value);
}

/** A stream's tags by key, as answers list them. */
export const listTags = ({ tags }: Stream): { Key: string; Value: string }[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value })).toSorted((a, b) => (a.Key < b.Key ? -1 : 1));
