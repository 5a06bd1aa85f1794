/** Seeded randomness, so that a run with the same seed repeats itself. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A text of `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
  /** A UUID in the form of version 4. */
  uuid(): string;
}

/** Mulberry32: 32 bits of state are plenty for fault rates and made-up identifiers, and nothing here protects a secret. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const text = (length: number, alphabet: string): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join("");
  const hex = (length: number): string => text(length, "0123456789abcdef");
  return { next, text, uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text(1, "89ab")}${hex(3)}-${hex(12)}` };
}
