import { formatFloat } from "./float-format.ts";
import { pad } from "./padding.ts";
import type { Flags } from "./padding.ts";
import { quoteGo } from "./quoting.ts";

/** Base and `#` prefix of the verbs for integers. */
const bases: Readonly<Record<string, readonly [number, string]>> = {
  v: [10, ""],
  d: [10, ""],
  b: [2, "0b"],
  o: [8, "0"],
  x: [16, "0x"],
  X: [16, "0X"],
};

const signOf = (isNegative: boolean, flags: Flags): string => (isNegative ? "-" : flags["+"] ? "+" : flags[" "] ? " " : "");

/** A number as wide as the flags want; `places` digits at least, else the flag `0` fills up behind the sign. */
function padNumber(sign: string, prefix: string, digits: string, flags: Flags, places?: number): string {
  const fill = flags["0"] && !flags["-"] ? (flags.width ?? 0) - sign.length : 0;
  const padded = digits.padStart(places ?? fill, "0");
  // An octal number has its prefix already when it starts with a zero.
  const start = prefix === "0" && padded.startsWith(prefix) ? "" : prefix;
  return pad(sign + start + padded, { ...flags, "0": false });
}

/** The character with this code; what is none becomes U+FFFD, as in Go. */
const charOf = (code: bigint): string => (code >= 0n && code <= 0x10_ffffn ? String.fromCodePoint(Number(code)).toWellFormed() : "\ufffd");

/** An integer by its verb; undefined if the verb is none for integers. */
export function formatInteger(value: bigint, verb: string, flags: Flags): string | undefined {
  if (verb === "c") return pad(charOf(value), flags);
  if (verb === "q") return pad(quoteGo(charOf(value), "'", Boolean(flags["+"])), flags);
  const [base, prefix = ""] = bases[verb] ?? [];
  if (base === undefined) return undefined;
  if (flags.precision === 0 && value === 0n) return " ".repeat(flags.width ?? 0);
  const digits = (value < 0n ? -value : value).toString(base);
  return padNumber(
    signOf(value < 0n, flags),
    flags["#"] ? prefix : "",
    verb === "X" ? digits.toUpperCase() : digits,
    flags,
    flags.precision,
  );
}

/** A floating-point number by its verb; undefined if the verb is none for floats. */
export function formatDouble(value: number, verb: string, flags: Flags): string | undefined {
  const sign = signOf(value < 0 || Object.is(value, -0), flags);
  if (Number.isFinite(value)) {
    const digits = formatFloat(Math.abs(value), verb, flags.precision, Boolean(flags["#"]));
    return digits && padNumber(sign, "", digits, flags);
  }
  if (!/^[vgGeEfF]$/.test(verb)) return undefined;
  return pad(Number.isNaN(value) ? `${sign}NaN` : `${sign || "+"}Inf`, { ...flags, "0": false });
}
