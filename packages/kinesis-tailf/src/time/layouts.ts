import type { CivilTime } from "./civil.ts";
import { durationMs, durationPattern } from "./duration.ts";
import { abbreviations } from "./zone.ts";

/** What a text says, before the clock, the zone and the calendar are asked. */
export type Reading =
  | { readonly kind: "epoch"; readonly ms: number }
  | { readonly kind: "ago"; readonly ms: number }
  | { readonly kind: "afterStart"; readonly ms: number }
  | (Written & { readonly kind: "date"; readonly year: number; readonly month: number; readonly day: number; readonly weekday?: string })
  /** A date without its year. */
  | (Written & { readonly kind: "monthDay"; readonly month: number; readonly day: number })
  | (Written & { readonly kind: "day"; readonly daysAgo: number })
  /** A clock time alone. */
  | (Written & { readonly kind: "clock" })
  | { readonly kind: "refused"; readonly why: string; readonly hint: string };

interface Written {
  /** Undefined for a date alone. */
  readonly time?: CivilTime;
  readonly zone?: string;
}

type Groups = Readonly<Record<string, string | undefined>>;

export interface Layout {
  readonly source: string;
  readonly read: (groups: Groups) => Reading;
}

const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const year = "(?<year>\\d{4})";
const day = "(?<day>\\d{1,2})";
const monthName = `(?<month>${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}|sept)\\.?`;
const weekdayName = "(?<weekday>(?:sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6})";
const fraction = "(?:[.,](?<fraction>\\d+))?";
const clock = `(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)${fraction})?(?:\\s*(?<half>[ap])m\\b)?`;
const packedClock = `(?<hour>\\d\\d)(?<minute>\\d\\d)(?:(?<second>\\d\\d)${fraction})?`;
const names = [...abbreviations.keys()].join("|");
const zone = `(?:\\s*(?<zone>(?:(?:UTC|GMT)?[+-]\\d\\d(?::?\\d\\d)?|${names}|[a-z]+(?:/[a-z\\d_+-]+)+)(?![a-z\\d:])))?`;

const isoDate = `${year}-(?<month>\\d\\d)-(?<day>\\d\\d)`;
const slashDate = `${year}/(?<month>\\d{1,2})/${day}`;
const packedDate = `${year}(?<month>\\d\\d)(?<day>\\d\\d)`;

function readTime({ hour, minute, second, fraction, half }: Groups): CivilTime | undefined {
  if (hour === undefined) return undefined;
  const written = Number(hour);
  return {
    // Noon is 12 PM and midnight 12 AM.
    hour: half === undefined ? written : (written % 12) + (half.toLowerCase() === "p" ? 12 : 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    // The stream knows milliseconds; finer digits are cut.
    ms: Number((fraction ?? "").padEnd(3, "0").slice(0, 3)),
  };
}

const written = (groups: Groups): Written => {
  const time = readTime(groups);
  return { ...(time === undefined ? {} : { time }), ...(groups["zone"] === undefined ? {} : { zone: groups["zone"] }) };
};

const monthNumber = (text = ""): number => {
  const named = months.findIndex((name) => name.startsWith(text.toLowerCase().slice(0, 3)));
  return /^\d/.test(text) ? Number(text) : named + 1;
};

/** Go's rule for two digits: 69 to 99 lie in the twentieth century. */
const fullYear = (text = ""): number => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900));

const date = (groups: Groups): Reading => ({
  kind: "date",
  year: fullYear(groups["year"]),
  month: monthNumber(groups["month"]),
  day: Number(groups["day"]),
  ...(groups["weekday"] === undefined ? {} : { weekday: groups["weekday"] }),
  ...written(groups),
});

/** `a/b/YYYY`: month first where only that is possible, refused otherwise, since the original read the day first. */
function slashedDate(groups: Groups): Reading {
  const { month: first = "", day: second = "", year } = groups;
  const iso = (month: string, day: string): string => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const isMonthFirst = Number(second) > 12 || Number(second) === Number(first);
  if (isMonthFirst) return date(groups);
  if (Number(first) > 12) return { kind: "refused", why: "the day comes first", hint: `write ${iso(second, first)}` };
  return { kind: "refused", why: "day and month cannot be told apart", hint: `write ${iso(first, second)} or ${iso(second, first)}` };
}

const isoDates = [isoDate, slashDate, packedDate].flatMap((day) =>
  [clock, packedClock].map((time): Layout => ({ source: `${day}(?:(?:T|\\s+)${time}${zone})?`, read: date })),
);

const words: Readonly<Record<string, number>> = { today: 0, yesterday: 1 };

/**
 * Every way to write a time, as patterns that the whole text must match without regard to case. The first match counts,
 * which matters for four digits only: what could be a year is refused before the rest is read as a clock time.
 */
export const layouts: readonly Layout[] = [
  { source: "now", read: () => ({ kind: "ago", ms: 0 }) },
  { source: `-?(?<duration>${durationPattern})(?:\\s+ago)?`, read: ({ duration = "" }) => ({ kind: "ago", ms: durationMs(duration) }) },
  { source: `\\+(?<duration>${durationPattern})`, read: ({ duration = "" }) => ({ kind: "afterStart", ms: durationMs(duration) }) },
  {
    source: `(?<word>today|yesterday)(?:\\s+${clock}${zone})?`,
    read: (groups) => ({ kind: "day", daysAgo: words[groups["word"]?.toLowerCase() ?? ""] ?? 0, ...written(groups) }),
  },
  {
    source: "(?<seconds>\\d{10}(?:\\.\\d+)?)",
    read: ({ seconds }) => ({ kind: "epoch", ms: Math.floor(Number(seconds) * 1000 + 1e-4) }),
  },
  { source: "(?<ms>\\d{13})(?:\\.\\d+)?", read: ({ ms }) => ({ kind: "epoch", ms: Number(ms) }) },
  ...isoDates,
  { source: `${packedDate}${packedClock}${zone}`, read: date },
  { source: `${clock}${zone}`, read: (groups) => ({ kind: "clock", ...written(groups) }) },
  { source: `(?<hour>\\d{1,2})\\s*(?<half>[ap])m${zone}`, read: (groups) => ({ kind: "clock", ...written(groups) }) },
  {
    source: "(?<minutes>20[0-5]\\d)",
    read: ({ minutes = "" }) => ({
      kind: "refused",
      why: "this may be a year or a clock time",
      hint: `write ${minutes.slice(0, 2)}:${minutes.slice(2)}, or a whole date`,
    }),
  },
  { source: "(?<hour>\\d\\d)(?<minute>\\d\\d)", read: (groups) => ({ kind: "clock", ...written(groups) }) },
  // RFC 822, 850 and 1123: `Mon, 23 Nov 2026 10:00:00 GMT`, `Monday, 23-Nov-26 10:00:00 GMT`, `23 Nov 26 10:00 +0900`.
  { source: `(?:${weekdayName},\\s*)?${day}[\\s-]${monthName}[\\s-](?<year>\\d{4}|\\d\\d)(?:\\s+${clock}${zone})?`, read: date },
  // Access logs: `23/Nov/2026:10:00:00 +0900`.
  { source: `${day}/${monthName}/${year}(?::${clock}${zone})?`, read: date },
  { source: `\\[${day}/${monthName}/${year}:${clock}${zone}\\]`, read: date },
  // C, Unix and Ruby: `Mon Jan  5 10:00:00 2026`, with a zone before or after the year.
  { source: `${weekdayName}\\s+${monthName}\\s+${day}\\s+${clock}${zone}\\s+${year}`, read: date },
  { source: `${weekdayName}\\s+${monthName}\\s+${day}\\s+${clock}\\s+${year}${zone}`, read: date },
  { source: `${monthName}\\s+${day},?\\s+${year}(?:,?\\s+${clock}${zone})?`, read: date },
  // Syslog: no year.
  {
    source: `${monthName}\\s+${day}\\s+${clock}${zone}`,
    read: (groups) => ({ kind: "monthDay", month: monthNumber(groups["month"]), day: Number(groups["day"]), ...written(groups) }),
  },
  { source: `(?<month>\\d{1,2})/${day}/${year}(?:\\s+${clock}${zone})?`, read: slashedDate },
];
