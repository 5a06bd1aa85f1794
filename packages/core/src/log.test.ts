import { describe, expect, it } from "vitest";
import { createLog, type LogLevel } from "./log.ts";
import { instantClock, memorySink } from "./testing/index.ts";

function logged(level: LogLevel, format: "text" | "json", story: (log: ReturnType<typeof createLog>) => void): string {
  const sink = memorySink();
  story(createLog(sink, instantClock(new Date("2026-01-02T03:04:05Z")), { tool: "tool", level, format }));
  return sink.text;
}

describe("a text log", () => {
  it("has one line for an event: tool, level, event, fields", () => {
    expect(
      logged("debug", "text", (log) => {
        log.debug("poll", { shard: "shard-1", lagMs: 250, last: false, left: undefined });
        log.info("started");
        log.warn("slow", { names: ["a", "b"] });
        log.error("broken", { hint: "mend it", code: "X" });
      }),
    ).toMatchInlineSnapshot(`
      "tool: debug: poll shard=shard-1 lagMs=250 last=false
      tool: started
      tool: warning: slow names=a,b
      tool: error: broken code=X
      tool: hint: mend it
      "
    `);
  });

  it("quotes texts that have blanks, quotes or equal signs, and empty ones", () => {
    expect(logged("info", "text", (log) => log.info("e", { a: "two words", b: 'q"q', c: "x=y", d: "", e: ["a b", "c"] }))).toBe(
      String.raw`tool: e a="two words" b="q\"q" c="x=y" d="" e="a b,c"` + "\n",
    );
  });

  it.each([
    ["a line feed, which would forge a line", "a\nb", String.raw`a\nb`],
    ["an escape sequence, which would write to the terminal", "a\u001b[2Jb", String.raw`a\u001b[2Jb`],
    ["a C1 control", "a\u009bb", String.raw`a\u009bb`],
    ["DEL", "a\u007fb", String.raw`a\u007fb`],
    ["a line separator", "a\u2028b", String.raw`a\u2028b`],
  ])("shows %s, instead of obeying it", (_what, text, shown) => {
    const lines = logged("info", "text", (log) => log.info(text, { x: text, hint: text }));
    expect(lines).toMatch(/^tool: .*\ntool: hint: .*\n$/);
    expect(lines.split(shown).length).toBe(4);
    expect(lines).not.toContain(text);
  });
});

describe("a JSON log", () => {
  it("has one object a line, with the time of the context's clock", () => {
    const lines = logged("info", "json", (log) => {
      log.warn("slow", { lagMs: 250, names: ["a", "b"], left: undefined, hint: "wait" });
      log.info("line\nfeed");
    });
    expect(lines).toBe(
      '{"time":"2026-01-02T03:04:05.000Z","level":"warn","tool":"tool","msg":"slow","lagMs":250,"names":["a","b"],"hint":"wait"}\n' +
        String.raw`{"time":"2026-01-02T03:04:05.000Z","level":"info","tool":"tool","msg":"line\nfeed"}` +
        "\n",
    );
  });

  it("is plain for a terminal, and the same text when it is read", () => {
    const text = "\u001b[2J\u009b\u007f\u2028";
    const line = logged("info", "json", (log) => log.info(text));
    expect(line).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(line)).toMatchObject({ msg: text });
  });
});

it.each<[LogLevel, string]>([
  ["debug", "dwie"],
  ["info", "wie"],
  ["warn", "we"],
  ["error", "e"],
])("at level %s shows that level and what is graver", (level, expected) => {
  const lines = logged(level, "text", (log) => {
    log.debug("d");
    log.warn("w");
    log.info("i");
    log.error("e");
  });
  expect(lines.replace(/tool: (debug: |warning: |error: )?|\n/g, "")).toBe(expected);
});
