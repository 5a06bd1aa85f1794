/** A date and a clock time as people write them, without a zone. */
export interface Civil {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

export type CivilDate = Pick<Civil, "year" | "month" | "day">;
export type CivilTime = Omit<Civil, keyof CivilDate>;

export const midnight: CivilTime = { hour: 0, minute: 0, second: 0, ms: 0 };

/** The instant at which clocks of UTC show it. Fields out of their range run over into the next. */
export function asUtcMs({ year, month, day, hour, minute, second, ms }: Civil): number {
  // Date.UTC would move the years 0 to 99 into the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, ms);
}

/** What clocks of UTC show at an instant. */
export function fromUtcMs(ms: number): Civil {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

export const weekdayOf = (date: CivilDate): string => days[new Date(asUtcMs({ ...date, ...midnight })).getUTCDay()] ?? "";

const two = (value: number): string => String(value).padStart(2, "0");

export const printDate = ({ year, month, day }: CivilDate): string => `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
export const printTime = ({ hour, minute, second }: CivilTime): string => `${two(hour)}:${two(minute)}:${two(second)}`;

/** What is impossible about a date and time, as the end of a sentence; undefined when it exists. */
export function impossible(civil: Civil): string | undefined {
  const { year, month, day, hour, minute, second } = civil;
  if (year === 0) return "there is no year 0";
  if (month < 1 || month > 12) return `there is no month ${month}`;
  if (day < 1 || fromUtcMs(asUtcMs({ ...civil, ...midnight })).day !== day) return `there is no ${printDate(civil)}`;
  if (hour > 23 || minute > 59 || second > 59) return `there is no ${printTime(civil)}`;
  return undefined;
}
