import { bool, choice, duration, int, logLevels, type Option, text, type Values } from "@sukima/core";
import { outputFormats } from "../output/formatter.ts";
import { defaultMaxInflateBytes } from "../payload/decode-payload.ts";
import { from } from "./from.ts";
import { size } from "./sizes.ts";

const texts = (help: string, placeholder: string, extra: Partial<Option<readonly string[]>> = {}): Option<readonly string[]> => ({
  takes: "value",
  initial: [],
  read: (value = "", before) => [...before, value],
  help,
  placeholder,
  env: "list",
  ...extra,
});

const ids: Option<readonly string[]> = {
  takes: "value",
  initial: [],
  read: (value = "", before) => [...before, ...value.split(",").filter((id) => id !== "")],
  help: "read only this shard, by id or number; may be given several times",
  placeholder: "ID",
  env: "list",
};

/** `-stats` alone asks for the line for people. */
const stats: Option<"none" | "text" | "json"> = {
  takes: "inline",
  initial: "none",
  read(value = "text") {
    if (value !== "text" && value !== "json") throw new Error(`expected text or json, got ${JSON.stringify(value)}`);
    return value;
  },
  help: "say on stderr what was read: a line at the end, or with =json an object every 10 seconds and at the end",
  placeholder: "json",
  env: "twin",
  defaultText: "a line at the end on a terminal",
};

/** Every flag of kinesis-tailf, in the order in which help shows them. */
export const options = {
  stream: text("name or ARN of the stream, several separated by commas, or file://DUMP for what -o json once printed", "NAME"),
  region: text("AWS region", "REGION"),
  profile: text("profile of the shared AWS configuration", "NAME"),
  "endpoint-url": text("send requests there", "URL"),

  start: text("first moment: 10:00, 2026-11-23T10:00:00Z, 5m ago, yesterday", "TIME", { aliases: ["since"] }),
  end: text("last moment; with it the run ends when the range is read", "TIME", { aliases: ["until"] }),
  tz: text("zone of times that name none: Asia/Tokyo, UTC, +09:00", "ZONE", { defaultText: "the machine's" }),
  from,
  follow: bool("go on at the tip of the stream", { initial: true, defaultText: "true without -end" }),

  checkpoint: text(
    "keep in this file how far the output has been taken; -from checkpoint goes on there, without such a file from the oldest record on",
    "FILE",
  ),

  "shard-key": text("read only the shards that this partition key maps to", "KEY"),
  force: bool("-shard-key even where the service passes over partition keys; -out over a file that is there", { env: "none" }),
  "shard-id": ids,
  "no-children": bool("do not follow a chosen shard into those that it splits or merges into"),

  o: choice(
    "form of a record: raw bytes, line (LF only if missing), json (one object a line), text for people, hex, or template",
    outputFormats,
    "raw",
  ),
  template: text(
    "form of a record for -o template: '{{.time}} {{.shard}} {{.key}} {{.data}}', {{.json.status}}, {{json .data}}",
    "TEMPLATE",
  ),
  out: text("write to this file instead of stdout; {shard} and {stream} in its name give each its own", "FILE"),
  order: choice(
    "how records of several shards follow each other: as they come (shard, key), or merged by time of arrival",
    ["shard", "key", "time"],
    "shard",
  ),
  "order-window": duration("-order time waits no longer for a shard that is behind", undefined, {
    defaultText: "2s, or for ever with an end",
  }),
  lf: bool("a line feed after every record of -o raw"),
  kpl: bool("unpack what the Kinesis Producer Library aggregated", { initial: true, defaultText: "true" }),
  "kpl-depth": int("how often a record is unpacked; 2 opens aggregated records inside of aggregated ones", { initial: 1, min: 1, max: 2 }),
  "kcl-compat": bool("leave out what the Kinesis Client Library leaves out: aggregated records with a key of another shard"),
  decode: choice("take gzip, zstd and the CloudWatch Logs envelope off (auto), or base64 before", ["auto", "none", "base64"], undefined, {
    defaultText: "none for -o raw, else auto",
  }),
  "max-inflate": size("no payload is inflated beyond this", defaultMaxInflateBytes, "64MiB"),
  split: choice("one record for each JSON value of a payload", ["ndjson", "json"], undefined),
  grep: texts("print records that match one of these", "RE"),
  "grep-v": texts("print no record that matches one of these", "RE"),
  i: bool("letters' case does not matter to -grep and -grep-v"),
  key: texts("print records whose partition key matches one of these", "RE"),
  where: texts("print records whose JSON payload has this: 'status >= 500', 'a.b[0] ~ ^x', 'id exists'", "CLAUSE"),
  color: choice("colours of -o text", ["auto", "always", "never"], "auto"),
  n: int("stop after so many records", { min: 1 }),
  timeout: duration("stop after this time", undefined),
  "idle-timeout": duration("stop after this time without a record", undefined),

  "max-tps": int("GetRecords calls a second and shard; the service allows 5, shared with everyone who polls", {
    initial: 2,
    min: 1,
    max: 1000,
  }),
  greedy: bool("all five calls a second while a shard is behind"),
  "max-rate": size("bytes read a second and shard; the service allows 2MiB, shared with everyone who polls", 2 * 2 ** 20, "2MiB"),
  memory: size("bytes of records that are held at once", 128 * 2 ** 20, "128MiB"),
  concurrency: int("calls under way at once", { initial: 64, min: 1, max: 1000 }),
  efu: bool("read by enhanced fan-out: a consumer of our own, registered for the run, at a price"),
  consumer: text("use this consumer for -efu, and leave it registered", "NAME"),
  sdk: bool("read answers by the AWS SDK instead of our own scan; slower"),

  info: bool("print what the stream is and its tree of shards, and exit", { env: "none" }),
  check: bool("say which permissions are missing, and exit", { env: "none" }),
  "shard-map": bool("print the shard of each KEY given as operand (- for one a line on stdin), and exit", { env: "none" }),

  stats,
  quiet: bool("say nothing of what was read, whatever -stats asks for"),
  verbose: bool("say more on stderr, and print the messages by which CloudWatch Logs checks the stream"),
  "log-level": choice("least level that is logged", logLevels, undefined, { defaultText: "warn, or info with -verbose" }),
  "log-format": choice("form of the log on stderr", ["text", "json"], "text"),
};

export type TailOptions = Values<typeof options>;
