/** Characters that are themselves in a pattern, alone or behind a backslash. */
const ordinary = /^[^\\^$.*+?()[\]{}|]$/u;

/** Escapes of single characters that stand for themselves, such as `\.` and `\"`. Letters and digits mean something else. */
const escaped = /^[^\p{L}\p{N}\s]$/u;

/** A text of its own would also be found where the decoder replaced an invalid byte, so no needle may hold the replacement, nor half a pair. */
const unusable = /[\ufffd\ud800-\udfff]/u;

/**
 * The longest text that every match of the pattern contains; empty when there is none or it is not easily seen.
 * Understates on purpose: groups and alternatives give nothing, classes and repetitions end a run.
 */
export function requiredLiteral(source: string): string {
  if (/[()|]/.test(source)) return "";
  const characters = [...source];
  const runs = [""];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (ordinary.test(character)) runs.push((runs.pop() ?? "") + character);
    else if (character === "\\") {
      at++;
      const next = characters[at] ?? "";
      if (escaped.test(next)) runs.push((runs.pop() ?? "") + next);
      // An escape such as \x41 or \p{L} goes on for some characters that are not text.
      else if (/^[bBdDsSwWnrtfv]$/.test(next)) runs.push("");
      else return "";
    } else if (character === "[") return "";
    else {
      // What may be there no time at all is not required; {n} is not told from {0}.
      if (character === "*" || character === "?") runs.push([...(runs.pop() ?? "")].slice(0, -1).join(""));
      if (character === "{") return "";
      runs.push("");
    }
  }
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  return unusable.test(longest) ? "" : longest;
}
