import type { Clock } from "./clock.ts";
import type { Sink } from "./sink.ts";
import { isToolError } from "./error.ts";

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];
export type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The story of a run: one event a line, with fields instead of numbers glued into sentences. */
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
const printable = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => JSON.stringify(c).slice(1, -1));

function fieldText(value: NonNullable<Fields[string]>): string {
  const text = typeof value === "object" ? value.join(",") : String(value);
  return /^[^\s"=]+$/.test(text) ? printable(text) : JSON.stringify(text);
}

/** A log on a sink: text lines `tool: warning: event key=value`, or one JSON object a line. */
export function createLog(sink: Sink, clock: Clock, settings: LogSettings): Log {
  const write = (level: LogLevel, event: string, fields: Fields = {}): void => {
    if (logLevels.indexOf(level) < logLevels.indexOf(settings.level)) return;
    if (settings.format === "json") {
      sink.write(`${JSON.stringify({ time: clock.now().toISOString(), level, tool: settings.tool, msg: event, ...fields })}\n`);
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

/** Report what ended a run and give its exit code. An unexpected error shows its name and place only: its message could quote a secret. */
export function reportFailure(log: Log, thrown: unknown): number {
  if (isToolError(thrown)) {
    log.error(thrown.message, { hint: thrown.hint });
    return thrown.exit;
  }
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  log.error(`internal error (${name}); please report it with the command line you used`, {
    hint: "run again with -log-level debug for the stack",
  });
  if (thrown instanceof Error) log.debug("stack", { frames: (thrown.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) });
  return 70;
}
