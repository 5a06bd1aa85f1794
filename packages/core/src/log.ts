import type { Clock } from "./clock.ts";
import type { Sink } from "./sink.ts";

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];
export type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The story of a run: one event a line, with fields instead of numbers glued into sentences. A text field `hint` gets a line of its own. */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

export interface LogSettings {
  readonly tool: string;
  readonly level: LogLevel;
  readonly format: "text" | "json";
}

const prefixes: Readonly<Record<LogLevel, string>> = { debug: "debug: ", info: "", warn: "warning: ", error: "error: " };

/** Control characters would let a parameter's name write to the terminal or start a new log line. */
const printable = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => escapeOf(c));

/** JSON leaves DEL, C1 controls and line separators as they are. */
const escapeOf = (c: string): string => (c < " " ? JSON.stringify(c).slice(1, -1) : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

function fieldText(value: NonNullable<Fields[string]>): string {
  const text = typeof value === "object" ? value.join(",") : String(value);
  return printable(/^[^\s"=]+$/.test(text) ? text : JSON.stringify(text));
}

/** A log on a sink: text lines `tool: warning: event key=value`, or one JSON object a line. Lines below the level are dropped. */
export function createLog(sink: Sink, clock: Clock, settings: LogSettings): Log {
  const write = (level: LogLevel, event: string, fields: Fields = {}): void => {
    if (logLevels.indexOf(level) < logLevels.indexOf(settings.level)) return;
    if (settings.format === "json") {
      const line = JSON.stringify({ time: clock.now().toISOString(), level, tool: settings.tool, msg: event, ...fields });
      sink.write(`${printable(line)}\n`);
      return;
    }
    const { hint, ...rest } = fields;
    const pairs = Object.entries(rest).map(([key, value]) => (value === undefined ? "" : ` ${key}=${fieldText(value)}`));
    const tail = typeof hint === "string" ? `${settings.tool}: hint: ${printable(hint)}\n` : "";
    sink.write(`${settings.tool}: ${prefixes[level]}${printable(event)}${pairs.join("")}\n${tail}`);
  };
  return {
    debug: (event, fields) => write("debug", event, fields),
    info: (event, fields) => write("info", event, fields),
    warn: (event, fields) => write("warn", event, fields),
    error: (event, fields) => write("error", event, fields),
  };
}
