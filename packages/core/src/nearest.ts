/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row[j] = best;
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

/** The known word that `word` was probably meant to be, or undefined when none is close: one edit for every three letters, one at least, case aside. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  // One edit turns any letter into any other, so a single letter is near to itself alone.
  let least = word.length < 2 ? 1 : Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** `; did you mean "x"?`, or nothing. For the end of a sentence that refuses an unknown word. */
export function didYouMean(word: string, known: Iterable<string>, show: (word: string) => string = (w) => w): string {
  const guess = nearest(word, known);
  return guess === undefined ? "" : `; did you mean ${show(guess)}?`;
}
