import { bool, choice, duration, int, logLevels, type Option, text, type Values } from "@sukima/core";
import { outputFormats } from "../output/formatter.ts";

/** A number of bytes a second, as `2MiB`, `512KiB`, `1000000`. */
const rate: Option<number> = {
  takes: "value",
  initial: 2 * 1024 * 1024,
  read(value = "") {
    const units: Readonly<Record<string, number>> = { "": 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
    const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([KMG]iB)?$/.exec(value) ?? [];
    const bytes = Number(number || Number.NaN) * (units[unit] ?? Number.NaN);
    if (!(bytes >= 1024)) throw new Error(`expected a rate such as 2MiB, of at least 1KiB, got ${JSON.stringify(value)}`);
    return bytes;
  },
  help: "bytes read a second and shard; the service allows 2MiB, shared with everyone who polls",
  placeholder: "RATE",
  env: "twin",
  defaultText: "2MiB",
};

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

/** Every flag of kinesis-tailf, in the order in which help shows them. */
export const options = {
  stream: text("name or ARN of the stream, or file://DUMP for what -o json once printed", "NAME"),
  region: text("AWS region", "REGION"),
  profile: text("profile of the shared AWS configuration", "NAME"),
  "endpoint-url": text("send requests there", "URL"),

  start: text("first moment: 10:00, 2026-11-23T10:00:00Z, 5m ago, yesterday", "TIME", { aliases: ["since"] }),
  end: text("last moment; with it the run ends when the range is read", "TIME", { aliases: ["until"] }),
  tz: text("zone of times that name none: Asia/Tokyo, UTC, +09:00", "ZONE", { defaultText: "the machine's" }),
  from: choice("where to begin without -start: with what comes, or with the oldest record", ["latest", "horizon"], "latest"),
  follow: bool("go on at the tip of the stream", { initial: true, defaultText: "true without -end" }),

  "shard-key": text("read only the shards that this partition key maps to", "KEY"),
  "shard-id": ids,
  "no-children": bool("do not follow a chosen shard into those that it splits or merges into"),

  o: choice("form of a record: raw bytes, line (LF only if missing), json (one object a line), text for people, hex", outputFormats, "raw"),
  lf: bool("a line feed after every record of -o raw"),
  kpl: bool("unpack what the Kinesis Producer Library aggregated", { initial: true, defaultText: "true" }),
  decode: choice("take gzip, zstd and the CloudWatch Logs envelope off (auto), or base64 before", ["auto", "none", "base64"], undefined, {
    defaultText: "none for -o raw, else auto",
  }),
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
  "max-rate": rate,
  concurrency: int("calls under way at once", { initial: 64, min: 1, max: 1000 }),
  "log-level": choice("least level that is logged", logLevels, "warn"),
  "log-format": choice("form of the log on stderr", ["text", "json"], "text"),
};

export type TailOptions = Values<typeof options>;
