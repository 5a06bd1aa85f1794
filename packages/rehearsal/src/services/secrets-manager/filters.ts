import type { Filter } from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import type { Decoded } from "../../wire/decoded.ts";
import type { Secret } from "./secret-store.ts";

/** `FiltersListType` in the model. */
export const FILTERS: Bounds = {
  max: 10,
  each: {
    members: {
      Key: { oneOf: ["description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all"] },
      Values: { min: 1, max: 10, each: { max: 512, pattern: "^!?[a-zA-Z0-9 :_@/+=.\\-!]*$" } },
    },
  },
};

/**
 * True when a secret passes all filters; a filter passes when one of its values does, and `!` turns a value around.
 * Source: model texts of `Filter`: prefixes, case-sensitive but for `description` and `all`; that "words" are split at other than letters and digits is a guess.
 */
export function passesAll(filters: readonly Decoded<Filter>[], secret: Secret): boolean {
  return filters.every(({ Key: key, Values: values }) => {
    if (key === undefined || values === undefined) throw new AwsError("InvalidParameterException", "A filter needs a Key and Values.");
    return values.some((value) => (value.startsWith("!") ? !matches(key, value.slice(1), secret) : matches(key, value, secret)));
  });
}

function matches(key: string, value: string, secret: Secret): boolean {
  if (key === "name") return secret.name.startsWith(value);
  if (key === "description") return (secret.description ?? "").toLowerCase().startsWith(value.toLowerCase());
  if (key === "tag-key") return [...secret.tags.keys()].some((tag) => tag.startsWith(value));
  if (key === "tag-value") return [...secret.tags.values()].some((tag) => tag.startsWith(value));
  // No secret here is replicated or owned by another service.
  if (key !== "all") return false;
  const attributes = [secret.name, secret.description ?? "", ...secret.tags.keys(), ...secret.tags.values()];
  const words = attributes.flatMap(wordsOf);
  return wordsOf(value).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
