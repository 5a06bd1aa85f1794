/** Flags, width and precision of one printf verb. `sharpV` and `plusV` are `#` and `+` in front of `v`. */
export interface Flags {
  sharp: boolean;
  sharpV: boolean;
  plus: boolean;
  plusV: boolean;
  minus: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
}

export const noFlags = (): Flags => ({
  sharp: false,
  sharpV: false,
  plus: false,
  plusV: false,
  minus: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
});

/** Length in characters; an invalid byte counts as one. */
function countChars(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Fill the text up to the width. Zeros are only ever put on the left. */
export function pad(text: string, flags: Flags): string {
  if (flags.width === undefined || flags.width === 0) return text;
  const fill = (flags.zero && !flags.minus ? "0" : " ").repeat(Math.max(0, flags.width - countChars(text)));
  return flags.minus ? text + fill : fill + text;
}

/** The first characters of the text, as many as the precision allows. */
export function cut(text: string, flags: Flags): string {
  if (flags.precision === undefined || text.length <= flags.precision) return text;
  return Array.from(text).slice(0, flags.precision).join("");
}
