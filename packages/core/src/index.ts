export { type Clock, systemClock } from "./clock.ts";
export { type Command, defineCommand, type Example } from "./command.ts";
export type { Context, Env } from "./context.ts";
export { Interrupted, isToolError, ToolError, usageError } from "./error.ts";
export { execute, withStandardOptions } from "./execute.ts";
export { helpText, type OptionRow, optionRows, usageLine } from "./help.ts";
export { createLog, type Fields, type Log, logLevels, type LogLevel, type LogSettings, reportFailure } from "./log.ts";
export { didYouMean, nearest } from "./nearest.ts";
export { duration, parseDurationMs } from "./options/duration.ts";
export { lexGoFlags, type Occurrence } from "./options/go-flags.ts";
export {
  allOrListed,
  bool,
  choice,
  goBoolean,
  int,
  list,
  type Option,
  type Options,
  repeated,
  text,
  type Values,
} from "./options/option.ts";
export { readValues } from "./options/values.ts";
export { Secret } from "./secret.ts";
export { fdSink, memorySink, ReaderGone, type Sink, writeAll } from "./sink.ts";
