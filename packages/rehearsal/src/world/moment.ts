import { parseDuration } from "../duration.ts";

/** Milliseconds since the epoch of a moment in a world file: a duration from the world's start such as `30s` or `-15m`, or an ISO 8601 time. */
export function readMoment(text: string, start: number): number {
  const ms = parseDuration(text.replace(/^-/, ""));
  if (ms === undefined) return Date.parse(text);
  return text.startsWith("-") ? start - ms : start + ms;
}
