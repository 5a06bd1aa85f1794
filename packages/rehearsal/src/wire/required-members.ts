import type { NormalizedSchema } from "@smithy/core/schema";

/** A static structure schema lists its required members first and says in its last place how many they are. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const parts: unknown = schema.getSchema();
  if (!Array.isArray(parts)) return [];
  const [, , , , names, , count]: unknown[] = parts;
  return Array.isArray(names) && typeof count === "number" ? names.slice(0, count).map(String) : [];
}
