/** Whether `changes` single-character changes turn one word into the other; a swap of neighbours is one change. */
function isNear(a: string, b: string, changes: number): boolean {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  if (restA === restB) return true;
  const [nextA, nextB] = [restA.slice(1), restB.slice(1)];
  const isSwap = restA[0] === nextB[0] && restB[0] === nextA[0];
  return (
    changes > 0 &&
    (isNear(nextA, nextB, changes - 1) ||
      isNear(nextA, restB, changes - 1) ||
      isNear(restA, nextB, changes - 1) ||
      (isSwap && isNear(nextA.slice(1), nextB.slice(1), changes - 1)))
  );
}

/** `did you mean "x"?` for the nearest of the names, or undefined when none is near: one change for each three letters, three at most. */
export function suggest(word: string, names: Iterable<string>): string | undefined {
  for (let changes = 1; changes <= Math.min(3, Math.max(1, word.length / 3)); changes++) {
    for (const name of names) if (isNear(word, name, changes)) return `did you mean "${name}"?`;
  }
  return undefined;
}
