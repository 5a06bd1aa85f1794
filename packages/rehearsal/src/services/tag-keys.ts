/**
 * What forbids a new resource these tags; undefined when nothing does. Source: "Service quotas for Tagging" in the AWS General Reference,
 * which the models' texts point to: at most 50 tags, unique keys, `aws:` reserved. The sentences are guesses.
 */
export function faultInTagKeys(keys: readonly string[], noun: "parameter" | "secret"): string | undefined {
  const distinct = new Set(keys);
  if (distinct.size < keys.length) return "Duplicate tag keys are not allowed.";
  if (distinct.size > 50) return `A ${noun} can have at most 50 tags.`;
  return keys.some((key) => key.toLowerCase().startsWith("aws:")) ? "Tag keys can't start with aws:." : undefined;
}
