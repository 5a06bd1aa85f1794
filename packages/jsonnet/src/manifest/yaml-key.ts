const reserved = new Set(["true", "false", "yes", "no", "on", "off", "y", "n", ".nan", "-.inf", "+.inf", ".inf", "null", "-", "---", ""]);

/** Whether a key may stand without quotes: plain characters, and nothing that a YAML reader takes for another type. */
export function isBareKey(key: string): boolean {
  const lower = key.toLowerCase();
  const dashes = key.split("-").length - 1;
  if (!/^[A-Za-z0-9_./-]+$/.test(key) || reserved.has(lower)) return false;
  const isDate = /^[0-9-]+$/.test(key) && dashes === 2;
  const isInteger = /^[0-9_-]+$/.test(key) && dashes < 2;
  // The prefixes count in lower case only, as in the original.
  const isBinary = /^[0-9b_-]+$/.test(lower) && key.length > 2 && /^-?0b/.test(key);
  const isHex = /^[0-9a-fx_-]+$/.test(lower) && dashes < 2 && key.length > 2 && /^-?0x/.test(key);
  const isFloat = /^[0-9e._-]+$/.test(lower) && key.split(".").length === 2 && dashes < 3 && lower.split("e").length < 3;
  return !isDate && !isInteger && !isBinary && !isHex && !isFloat;
}
