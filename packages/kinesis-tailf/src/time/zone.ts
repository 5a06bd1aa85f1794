import { usageError } from "@sukima/core";

/** A time zone: how far its clocks are ahead of UTC at an instant, in milliseconds. */
export interface Zone {
  offsetMs(atMs: number): number;
}

const minuteMs = 60_000;

/** Zone names that logs carry in place of an offset: those of RFC 822, and others that mean one zone only (so neither IST nor BST). */
const abbreviated =
  "Z+0 UT+0 UTC+0 GMT+0 EST-5 EDT-4 CST-6 CDT-5 MST-7 MDT-6 PST-8 PDT-7 AKST-9 AKDT-8 HST-10 WET+0 WEST+1 CET+1 CEST+2 EET+2 EEST+3 MSK+3 HKT+8 SGT+8 AWST+8 JST+9 KST+9 AEST+10 AEDT+11 NZST+12 NZDT+13";

/** Hours that the zone of a name is ahead of UTC. */
export const abbreviations: ReadonlyMap<string, number> = new Map(
  Array.from(abbreviated.matchAll(/([A-Z]+)([+-]\d+)/g), ([, name = "", hours]) => [name, Number(hours)]),
);

const fixed = (offsetMs: number): Zone => ({ offsetMs: () => offsetMs });

/** `+09:00`, `+0900`, `+09`, after an optional `GMT` or `UTC`; with seconds as Intl writes old local times. */
function parseOffsetMs(text: string): number | undefined {
  const [, sign, hours, minutes = "0", seconds = "0"] = /^(?:GMT|UTC)?([+-])(\d\d)(?::?([0-5]\d)(?::?([0-5]\d))?)?$/i.exec(text) ?? [];
  if (sign === undefined || Number(hours) > 23) return undefined;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * minuteMs + Number(seconds) * 1000;
  return sign === "-" ? -offsetMs : offsetMs;
}

const known = new Map<string, Zone>();

/** A formatter costs some 50 µs to make, so each zone has one. */
function namedZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  return {
    offsetMs(atMs) {
      const shown = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
      return parseOffsetMs(shown) ?? 0;
    },
  };
}

/**
 * A zone by its IANA name (`Asia/Tokyo`, with daylight saving from the runtime's own data), by an abbreviation of logs, or as a fixed offset.
 * Throws a usage error for anything else.
 */
export function parseZone(text: string): Zone {
  const offsetMs = parseOffsetMs(text);
  if (offsetMs !== undefined) return fixed(offsetMs);
  const hours = abbreviations.get(text.toUpperCase());
  if (hours !== undefined) return fixed(hours * 60 * minuteMs);
  let zone = known.get(text);
  if (zone === undefined) {
    try {
      zone = namedZone(text);
    } catch {
      throw usageError(
        "BAD_ZONE",
        `${JSON.stringify(text)} is not a time zone`,
        "write a name such as Asia/Tokyo, UTC, or an offset such as +09:00",
      );
    }
    known.set(text, zone);
  }
  return zone;
}
