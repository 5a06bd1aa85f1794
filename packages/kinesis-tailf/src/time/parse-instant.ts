import { usageError } from "@sukima/core";
import { type Civil, impossible, midnight, printDate, printTime, weekdayOf } from "./civil.ts";
import type { Reading } from "./layouts.ts";
import { afterGap, instantsOf, localTime, plusDays } from "./local-time.ts";
import { matchLayout } from "./match-layout.ts";
import { printInstant } from "./print-instant.ts";
import { parseZone, type Zone } from "./zone.ts";

/** What the text alone does not say. */
export interface Surroundings {
  readonly now: Date;
  /** Zone of times that name none: an IANA name, `UTC`, or an offset. */
  readonly zone: string;
  readonly role: "start" | "end";
  /** The instant of `-start`; for an end without a start this is now. */
  readonly start?: Date;
}

export interface Instant {
  readonly at: Date;
  /** The text means this moment, whatever the clock says. */
  readonly isNow?: boolean;
  /** What the user should know about the way the text was read. */
  readonly notice?: string;
}

/**
 * The instant that a `-start` or `-end` means.
 *
 * A clock time without a date is the latest such time for a start and the first after the start for an end; other days than today bring a notice.
 * A time that exists twice, because clocks are set back, widens the range: the earlier one for a start, the later one for an end, with a notice.
 * A time that does not exist, because clocks are set forward, is refused like any impossible date; a date alone means the first instant of its day.
 * Throws a usage error for everything else that is no time, and for an end before its start.
 */
export function parseInstant(text: string, around: Surroundings): Instant {
  const { now, zone, role, start } = around;
  const flag = `-${role}`;
  const trimmed = text.trim();
  const refuse = (why: string, hint?: string): Error => usageError("BAD_TIME", `${flag} ${JSON.stringify(trimmed)}: ${why}`, hint);
  const reading = matchLayout(trimmed, flag);
  const found = locate(reading, around, refuse);
  if (Number.isNaN(found.at.getTime())) throw refuse("this is too far away");
  if (role === "end" && start !== undefined && found.at < start) {
    throw refuse(`${printInstant(found.at, zone)} is before the start, ${printInstant(start, zone)}`);
  }
  if (reading.kind === "ago" && reading.ms === 0) return { at: found.at, isNow: true };
  if (found.remark === undefined) return { at: found.at };
  return {
    at: found.at,
    notice: `${flag} ${JSON.stringify(trimmed)} ${found.remark}: ${printInstant(found.at, zone)} (now ${printInstant(now, zone)})`,
  };
}

interface Found {
  readonly at: Date;
  readonly remark?: string;
}

type Refuse = (why: string, hint?: string) => Error;

function locate(reading: Reading, around: Surroundings, refuse: Refuse): Found {
  const nowMs = around.now.getTime();
  switch (reading.kind) {
    case "refused":
      throw refuse(reading.why, reading.hint);
    case "epoch":
      return { at: new Date(reading.ms) };
    case "ago":
      return { at: new Date(nowMs - reading.ms) };
    case "afterStart":
      if (around.role === "start") throw refuse("only an end can be relative to the start", "without the + it is that long ago");
      return { at: new Date((around.start?.getTime() ?? nowMs) + reading.ms) };
    default: {
      const zone = parseZone(reading.zone ?? around.zone);
      const time = reading.time ?? midnight;
      const today: Civil = { ...localTime(nowMs, zone), ...time };
      const place = (civil: Civil): Found => toInstant(civil, reading.time === undefined, zone, around.role, refuse);
      if (reading.kind === "day") return place(plusDays(today, -reading.daysAgo));
      if (reading.kind === "date") {
        checkWeekday(reading, refuse);
        return place({ ...reading, ...time });
      }
      const base = around.role === "start" ? nowMs : (around.start?.getTime() ?? nowMs);
      const near: Civil = { ...localTime(base, zone), ...time };
      const at = (step: number): Civil =>
        reading.kind === "clock" ? plusDays(near, step) : { ...near, year: near.year + step, month: reading.month, day: reading.day };
      return nearest(at, base, around, place, localTime(nowMs, zone));
    }
  }
}

/** Of a time that comes again each day, or each year: the last one up to now for a start, the first one after the start for an end. */
function nearest(at: (step: number) => Civil, baseMs: number, { role }: Surroundings, place: (civil: Civil) => Found, today: Civil): Found {
  const step = role === "start" ? -1 : 1;
  let civil = at(0);
  let found = place(civil);
  const isPassed = role === "start" ? found.at.getTime() <= baseMs : found.at.getTime() > baseMs;
  if (!isPassed) {
    civil = at(step);
    found = place(civil);
  }
  const date = printDate(civil);
  return date === printDate(today) || isPassed ? found : { ...found, remark: `is taken as ${date}` };
}

function checkWeekday(reading: { year: number; month: number; day: number; weekday?: string }, refuse: Refuse): void {
  const real = weekdayOf(reading);
  if (reading.weekday === undefined || real.toLowerCase().startsWith(reading.weekday.toLowerCase())) return;
  throw refuse(`${printDate(reading)} is a ${real}`, "leave the weekday out");
}

function toInstant(civil: Civil, isWholeDay: boolean, zone: Zone, role: "start" | "end", refuse: Refuse): Found {
  const problem = impossible(civil);
  if (problem !== undefined) throw refuse(problem);
  const [first, second] = instantsOf(civil, zone);
  if (first === undefined) {
    const next = afterGap(civil, zone);
    const following = localTime(next, zone);
    if (isWholeDay && printDate(following) === printDate(civil)) return { at: new Date(next) };
    throw refuse(
      `clocks are set forward over this time, to ${printDate(following)} ${printTime(following)}`,
      "write a time that exists, or one with its offset",
    );
  }
  if (second === undefined || isWholeDay) return { at: new Date(first) };
  return role === "start"
    ? { at: new Date(first), remark: "exists twice that day, the earlier one is taken" }
    : { at: new Date(second), remark: "exists twice that day, the later one is taken" };
}
