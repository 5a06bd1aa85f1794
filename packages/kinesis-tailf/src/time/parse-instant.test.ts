import { isToolError } from "@sukima/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant } from "./parse-instant.ts";
import { printInstant } from "./print-instant.ts";

/** The clock of the specification's table. */
const now = new Date("2026-11-23T13:47:00+09:00");
const tokyo = { now, zone: "Asia/Tokyo", role: "start" } as const;
const newYork = { now, zone: "America/New_York", role: "start" } as const;
const utc = (text: string): Date => new Date(text);

/** The hour and minute of most rows, in Tokyo. */
const ten = "2026-11-23T10:00:00+09:00";

describe("every row of table 1.1 reads as its last column says (A18)", () => {
  it.each([
    ["2026-11-23 10:00:00", ten],
    ["2026-11-23T10:00", ten],
    ["20261123100000", ten],
    ["20261123T1000", ten],
    ["10:00", ten],
    ["10:00:00", ten],
    ["1000", ten],
    ["2026-11-23", "2026-11-23T00:00:00+09:00"],
    ["20261123", "2026-11-23T00:00:00+09:00"],
    ["2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"],
    ["2026-11-23T10:00:00+09:00", ten],
    ["2026-11-23T10:00:00+0900", ten],
    ["2026-11-23T10:00:00+00:00", "2026-11-23T10:00:00Z"],
    ["2026-11-23T10:00:00+10:00", "2026-11-23T10:00:00+10:00"],
    ["2026-11-23T10:00:00-10:00", "2026-11-23T10:00:00-10:00"],
    ["2026-11-23 10:00:00 UTC", "2026-11-23T10:00:00Z"],
    ["2026-11-23T10:00:00.5Z", "2026-11-23T10:00:00.500Z"],
    ["2026-11-23T10:00:00.123Z", "2026-11-23T10:00:00.123Z"],
    ["Mon, 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00:00Z"],
    ["23/Nov/2026:10:00:00 +0900", ten],
    ["11/23/2026 12:00:00 PM", "2026-11-23T12:00:00+09:00"],
    ["11/23/2026 12:00:00 AM", "2026-11-23T00:00:00+09:00"],
    ["February 3 2026 10:00:00", "2026-02-03T10:00:00+09:00"],
    ["1763892000", "2025-11-23T10:00:00Z"],
    ["-1h", "2026-11-23T12:47:00+09:00"],
    ["5m ago", "2026-11-23T13:42:00+09:00"],
    ["yesterday", "2026-11-22T00:00:00+09:00"],
  ])("%s", (text, expected) => {
    expect(parseInstant(text, tokyo)).toEqual({ at: utc(expected) });
  });

  it("now, which is told from the same moment written out", () => {
    expect(parseInstant("now", tokyo)).toEqual({ at: utc("2026-11-23T13:47:00+09:00"), isNow: true });
  });

  it.each(["2026-02-30", "2026-13-01", "garbage"])("%s is an error", (text) => {
    expect(() => parseInstant(text, tokyo)).toThrow(expect.objectContaining({ exit: 2 }));
  });
});

describe("readings settled below the table, and the other layouts", () => {
  it.each([
    ["3:04am", "2026-11-23T03:04:00+09:00"],
    ["10:00 AM", ten],
    ["10am", ten],
    ["12am", "2026-11-23T00:00:00+09:00"],
    ["12pm", "2026-11-23T12:00:00+09:00"],
    ["202611201000", "2026-11-20T10:00:00+09:00"],
    ["2026-11-20 10:00:00 EST", "2026-11-20T10:00:00-05:00"],
    ["2026-11-20 10:00:00 JST", "2026-11-20T10:00:00+09:00"],
    ["2026-11-20 10:00 Europe/Paris", "2026-11-20T10:00:00+01:00"],
    ["11/20/2026", "2026-11-20T00:00:00+09:00"],
    ["11/11/2026 10:00", "2026-11-11T10:00:00+09:00"],
    ["Nov  5 10:00:00", "2026-11-05T10:00:00+09:00"],
    ["Mon Jan  5 10:00:00 2026", "2026-01-05T10:00:00+09:00"],
    ["Mon Jan  5 10:00:00 EST 2026", "2026-01-05T10:00:00-05:00"],
    ["Mon Jan 05 10:00:00 -0700 2026", "2026-01-05T10:00:00-07:00"],
    ["20 Nov 26 10:00 GMT", "2026-11-20T10:00:00Z"],
    ["20 Nov 26 10:00 +0900", "2026-11-20T10:00:00+09:00"],
    ["Friday, 20-Nov-26 10:00:00 GMT", "2026-11-20T10:00:00Z"],
    ["Fri, 20 Nov 2026 10:00:00 +0900", "2026-11-20T10:00:00+09:00"],
    ["[20/Nov/2026:10:00:00 +0900]", "2026-11-20T10:00:00+09:00"],
    ["2026/11/20 10:00", "2026-11-20T10:00:00+09:00"],
    ["2026-11-20 10:00:00,250", "2026-11-20T10:00:00.250+09:00"],
    ["2026-11-20T23:59:59.9999999999Z", "2026-11-20T23:59:59.999Z"],
    ["2026-11-20T10:00:00.123456789Z", "2026-11-20T10:00:00.123Z"],
    ["2026-11-20t10:00:00z", "2026-11-20T10:00:00Z"],
    ["  2026-11-20  ", "2026-11-20T00:00:00+09:00"],
    ["1763892000.5", "2025-11-23T10:00:00.500Z"],
    ["1763892000123", "2025-11-23T10:00:00.123Z"],
    ["1763892000123.9", "2025-11-23T10:00:00.123Z"],
    ["90s", "2026-11-23T13:45:30+09:00"],
    ["2h30m", "2026-11-23T11:17:00+09:00"],
    ["3d", "2026-11-20T13:47:00+09:00"],
    ["1w ago", "2026-11-16T13:47:00+09:00"],
    ["1.5h", "2026-11-23T12:17:00+09:00"],
    ["today", "2026-11-23T00:00:00+09:00"],
    ["today 09:30", "2026-11-23T09:30:00+09:00"],
    ["yesterday 09:30", "2026-11-22T09:30:00+09:00"],
    ["10:00Z", "2026-11-22T10:00:00Z"],
  ])("%s", (text, expected) => {
    expect(parseInstant(text, tokyo).at).toEqual(utc(expected));
  });

  it.each([
    ["2026-11-23 10:00:00 foo", '-start: only "2026-11-23 10:00:00" can be read, "foo" is left over'],
    ["2026-11", '-start: only "2026" can be read, "-11" is left over'],
    ["10", '-start: "10" is not a time'],
    ["", '-start: "" is not a time'],
    ["2026-02-30", '-start "2026-02-30": there is no 2026-02-30'],
    ["2026-13-01", '-start "2026-13-01": there is no month 13'],
    ["2025-02-29", '-start "2025-02-29": there is no 2025-02-29'],
    ["24:00", '-start "24:00": there is no 24:00:00'],
    ["13pm", '-start "13pm": 13 does not go with pm'],
    ["2026", '-start "2026": this may be a year or a clock time'],
    ["01/02/2026", '-start "01/02/2026": day and month cannot be told apart'],
    ["23/11/2026", '-start "23/11/2026": the day comes first'],
    ["13/13/2026", '-start "13/13/2026": there is no month 13'],
    ["1:00 AM foo", '-start: only "1:00 AM" can be read, "foo" is left over'],
    ["0:30 AM", '-start "0:30 AM": 0 does not go with am'],
    ["Tue, 23 Nov 2026 10:00:00 GMT", '-start "Tue, 23 Nov 2026 10:00:00 GMT": 2026-11-23 is a Monday'],
    ["2026-11-23 10:00 Mars/Olympus", '"Mars/Olympus" is not a time zone'],
    ["2026-11-23T10:00:00+25:00", '"+25:00" is not a time zone'],
    ["+10m", '-start "+10m": only an end can be relative to the start'],
    ["99999999999999w", '-start "99999999999999w": this is too far away'],
  ])("refuses %s", (text, message) => {
    expect(() => parseInstant(text, tokyo)).toThrow(expect.objectContaining({ exit: 2, message }));
  });

  it("shows the spelling that is meant", () => {
    const hint = "write 2026-01-02 or 2026-02-01";
    expect(() => parseInstant("01/02/2026", tokyo)).toThrow(expect.objectContaining({ hint }));
    expect(() => parseInstant("23/11/2026", tokyo)).toThrow(expect.objectContaining({ hint: "write 2026-11-23" }));
  });
});

describe("a clock time without its date", () => {
  it("that is later than now means yesterday for a start, and says so", () => {
    expect(parseInstant("14:00", tokyo)).toEqual({
      at: utc("2026-11-22T14:00:00+09:00"),
      notice: '-start "14:00" is taken as 2026-11-22: 2026-11-22T14:00:00.000+09:00 (now 2026-11-23T13:47:00.000+09:00)',
    });
  });

  it("means the first such time after the start for an end", () => {
    const end = (text: string, start: string) => parseInstant(text, { ...tokyo, role: "end", start: utc(start) });
    expect(end("10:05", ten)).toEqual({ at: utc("2026-11-23T10:05:00+09:00") });
    expect(end("10:05", "2026-11-20T10:00:00+09:00")).toEqual({ at: utc("2026-11-20T10:05:00+09:00") });
    expect(end("00:10", "2026-11-22T23:50:00+09:00")).toEqual({ at: utc("2026-11-23T00:10:00+09:00") });
    expect(end("09:00", ten).at).toEqual(utc("2026-11-24T09:00:00+09:00"));
    expect(end("09:00", ten).notice).toContain("is taken as 2026-11-24");
  });

  it("means the first such time from now on for an end without a start", () => {
    expect(parseInstant("10:00", { ...tokyo, role: "end" }).at).toEqual(utc("2026-11-24T10:00:00+09:00"));
    expect(parseInstant("15:00", { ...tokyo, role: "end" })).toEqual({ at: utc("2026-11-23T15:00:00+09:00") });
  });

  it("and a day without its year lie in the past for a start", () => {
    expect(parseInstant("Dec 31 23:59:00", tokyo).at).toEqual(utc("2025-12-31T23:59:00+09:00"));
  });
});

describe("an end", () => {
  it("can be relative to the start", () => {
    expect(parseInstant("+10m", { ...tokyo, role: "end", start: utc(ten) }).at).toEqual(utc("2026-11-23T10:10:00+09:00"));
    expect(parseInstant("+10m", { ...tokyo, role: "end" }).at).toEqual(utc("2026-11-23T13:57:00+09:00"));
  });

  it("before its start is refused", () => {
    const around = { ...tokyo, role: "end", start: utc(ten) } as const;
    const message = '-end "2026-11-23 09:00": 2026-11-23T09:00:00.000+09:00 is before the start, 2026-11-23T10:00:00.000+09:00';
    expect(() => parseInstant("2026-11-23 09:00", around)).toThrow(expect.objectContaining({ exit: 2, message }));
  });
});

describe("daylight saving", () => {
  it("counts with the offset of the date, not of today", () => {
    expect(parseInstant("2026-07-01 10:00", newYork).at).toEqual(utc("2026-07-01T10:00:00-04:00"));
    expect(parseInstant("2026-01-01 10:00", newYork).at).toEqual(utc("2026-01-01T10:00:00-05:00"));
  });

  it("refuses a time over which clocks are set forward", () => {
    const message = '-start "2026-03-08 02:30": clocks are set forward over this time, to 2026-03-08 03:00:00';
    expect(() => parseInstant("2026-03-08 02:30", newYork)).toThrow(expect.objectContaining({ exit: 2, message }));
  });

  it("widens the range where clocks are set back, and says so", () => {
    expect(parseInstant("2026-11-01 01:30", newYork)).toEqual({
      at: utc("2026-11-01T01:30:00-04:00"),
      notice:
        '-start "2026-11-01 01:30" exists twice that day, the earlier one is taken: 2026-11-01T01:30:00.000-04:00 (now 2026-11-22T23:47:00.000-05:00)',
    });
    expect(parseInstant("2026-11-01 01:30", { ...newYork, role: "end" }).at).toEqual(utc("2026-11-01T01:30:00-05:00"));
  });

  it("begins a day without a midnight at its first instant, and refuses a day that was skipped", () => {
    expect(parseInstant("2018-11-04", { ...tokyo, zone: "America/Sao_Paulo" }).at).toEqual(utc("2018-11-04T01:00:00-02:00"));
    expect(() => parseInstant("2011-12-30", { ...tokyo, zone: "Pacific/Apia" })).toThrow("clocks are set forward over this time");
  });

  it("keeps the clock time of yesterday across a change", () => {
    const monday = { ...newYork, now: utc("2026-03-09T12:00:00-04:00") };
    expect(parseInstant("yesterday 01:00", monday).at).toEqual(utc("2026-03-08T01:00:00-05:00"));
  });
});

it("takes the zone as a name, UTC or an offset, and refuses others", () => {
  const at = (zone: string) => parseInstant("2026-11-23 10:00", { ...tokyo, zone }).at;
  expect(at("UTC")).toEqual(utc("2026-11-23T10:00:00Z"));
  expect(at("-03:30")).toEqual(utc("2026-11-23T10:00:00-03:30"));
  expect(at("America/New_York")).toEqual(utc("2026-11-23T10:00:00-05:00"));
  expect(() => at("Tokio")).toThrow(expect.objectContaining({ exit: 2, message: '"Tokio" is not a time zone' }));
});

it("reads what printInstant prints as the same instant, in any zone", () => {
  const zones = fc.constantFrom(
    "Asia/Tokyo",
    "America/New_York",
    "UTC",
    "+05:45",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
  );
  const instants = fc.date({ min: utc("0001-01-02T00:00:00Z"), max: utc("9999-12-30T00:00:00Z"), noInvalidDate: true });
  fc.assert(
    fc.property(instants, zones, zones, (at, printed, read) => {
      expect(parseInstant(printInstant(at, printed), { ...tokyo, zone: read })).toEqual({ at });
    }),
  );
});

it("prints years that RFC 3339 cannot hold, and offsets with seconds, in UTC", () => {
  expect(printInstant(utc("1880-01-01T00:00:00Z"), "Asia/Tokyo")).toBe("1880-01-01T00:00:00.000Z");
  expect(printInstant(utc("9999-12-31T23:00:00Z"), "Asia/Tokyo")).toBe("9999-12-31T23:00:00.000Z");
});

it("never throws anything but a usage error", () => {
  const pieces = fc.constantFrom(
    "2026",
    "-",
    "11",
    "23",
    "T",
    "10",
    ":",
    "00",
    "Z",
    "+",
    "09",
    " ",
    "Nov",
    "Mon",
    ",",
    "/",
    "pm",
    "ago",
    "5m",
    ".",
    "2",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const exit = ((): unknown => {
        try {
          return Number.isFinite(parseInstant(parts.join(""), tokyo).at.getTime()) ? 0 : "no instant";
        } catch (error) {
          return isToolError(error) ? error.exit : error;
        }
      })();
      expect([0, 2]).toContain(exit);
    }),
    { numRuns: 1_000 },
  );
});
