/** The end of the JSON value that begins at `start` of a valid JSON text. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const c = text[at];
    if (inString) {
      if (c === "\\") at++;
      else if (c === '"') inString = false;
      continue;
    }
    if (c === '"') inString = true;
    else if (c === "{" || c === "[") depth++;
    else if ((c === "}" || c === "]") && depth-- === 0) return at;
    else if (c === "," && depth === 0) return at;
  }
  return text.length;
}

/**
 * The members of a JSON object: strings decoded, anything else as it is written, so that a number keeps every digit. A name that stands twice has its last value.
 * Undefined when the text is no JSON object. The text is never part of an error.
 */
export function jsonMembers(text: string): Map<string, string> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const members = new Map<string, string>();
  // From here on the text is known to be valid, so every name is followed by a colon and a value.
  for (let at = text.indexOf("{") + 1; ;) {
    const nameAt = text.indexOf('"', at);
    if (nameAt < 0) return members;
    let nameEnd = nameAt + 1;
    while (text[nameEnd] !== '"') nameEnd += text[nameEnd] === "\\" ? 2 : 1;
    const valueAt = text.indexOf(":", nameEnd) + 1;
    const valueEnd = endOfValue(text, valueAt);
    const value = text.slice(valueAt, valueEnd).trim();
    members.set(String(JSON.parse(text.slice(nameAt, nameEnd + 1))), value.startsWith('"') ? String(JSON.parse(value)) : value);
    at = valueEnd + 1;
  }
}
