/** Permission bits from octal digits, `600`, `0600` or `0o600`; undefined when it is none. */
export function parseMode(value: string): number | undefined {
  return /^(?:0o)?0?[0-7]{1,4}$/.test(value) ? Number.parseInt(value.replace(/^0o/, ""), 8) : undefined;
}
