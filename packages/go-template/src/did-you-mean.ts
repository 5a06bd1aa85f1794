/** Number of single-character changes between two words, a swap of neighbours counted as one. */
function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swap));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** `did you mean "x"?` for the nearest of the names, or undefined when none is near. */
export function suggest(word: string, names: Iterable<string>): string | undefined {
  // A third of the letters may be wrong; longer words than any name cannot be near.
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = [...names]
    .filter((name) => Math.abs(name.length - word.length) <= limit)
    .map((name) => ({ name, cost: distance(word, name) }))
    .filter(({ cost }) => cost <= limit)
    .sort((a, b) => a.cost - b.cost)[0];
  return near === undefined ? undefined : `did you mean "${near.name}"?`;
}
