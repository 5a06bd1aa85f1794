const reserved = new Set(["true", "false", "yes", "no", "on", "off", "y", "n", ".nan", "-.inf", "+.inf", ".inf", "null", "-", "---", ""]);

// Numbers as Go reads them: an underscore stands between two digits, and prefixes are in lower case.
const digits = "[0-9](?:_?[0-9])*";
const numbers = [
  /^-?(?:0b(?:_?[01])+|0x(?:_?[0-9a-fA-F])+)$/,
  new RegExp(`^-?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:[eE][+-]?${digits})?$`),
  /^-?0x[0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?[pP][+-]?[0-9]+$/,
  /^(?:-?inf(?:inity)?|nan)$/i,
  // A date, or what looks like one.
  /^[0-9]*-[0-9]*-[0-9]*$/,
];

/** Whether a key may stand without quotes: plain characters, and nothing that a reader takes for another type. */
export function isBareKey(key: string): boolean {
  if (!/^[A-Za-z0-9_./-]+$/.test(key) || reserved.has(key.toLowerCase())) return false;
  return !numbers.some((pattern) => pattern.test(key));
}
