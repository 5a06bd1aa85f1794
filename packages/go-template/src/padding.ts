/** The flags of one printf verb by their characters, and its width and precision. */
export interface Flags {
  readonly [sign: string]: boolean | number | undefined;
  readonly width?: number | undefined;
  readonly precision?: number | undefined;
  /** `#` in front of `v`: as Go source. */
  readonly goSyntax?: boolean;
}

/** Fill the text up to the width, counted in characters. Zeros are only ever put on the left. */
export function pad(text: string, flags: Flags): string {
  if (!flags.width) return text;
  const fill = (flags["0"] && !flags["-"] ? "0" : " ").repeat(Math.max(0, flags.width - Array.from(text).length));
  return flags["-"] ? text + fill : fill + text;
}

/** The first characters of the text, as many as the precision allows. */
export const cut = (text: string, { precision }: Flags): string =>
  precision === undefined ? text : Array.from(text).slice(0, precision).join("");
