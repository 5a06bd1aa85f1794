import { localTime } from "./local-time.ts";
import { parseZone } from "./zone.ts";

/**
 * An instant in RFC 3339 with milliseconds and the zone's offset, such as `2026-11-23T10:00:00.000+09:00`; `parseInstant` reads it back.
 * Offsets with seconds (before about 1900) and years after 9999 cannot be written like that and are printed in UTC.
 */
export function printInstant(at: Date, zone: string): string {
  const rules = parseZone(zone);
  const atMs = at.getTime();
  const minutes = rules.offsetMs(atMs) / 60_000;
  const { year } = localTime(atMs, rules);
  if (minutes === 0 || !Number.isInteger(minutes) || year > 9999 || year < 1) return at.toISOString();
  const shown = new Date(atMs + minutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, "0");
  return `${shown}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
