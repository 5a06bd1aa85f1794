import { bool, choice, int, logLevels, type Option, text } from "@sukima/core";
import { parseDelimiter } from "./input/framing.ts";
import { parseKeyFrom } from "./partition-key.ts";

/** An option whose text is read by `parse`, which throws an Error with a short sentence. */
const parsed = <T>(parse: (text: string) => T, help: string, placeholder: string): Option<T | undefined> => ({
  takes: "value",
  initial: undefined,
  read: (value = "") => parse(value),
  help,
  placeholder,
  env: "twin",
});

/** `-rate`: records a second, or what the stream takes. */
const rate: Option<number | "auto"> = {
  takes: "value",
  initial: "auto",
  read(value = "") {
    if (value === "auto") return value;
    const number = Number(value);
    if (!/^\d+(\.\d+)?$/.test(value) || number <= 0) throw new Error(`expected auto or records a second, got ${JSON.stringify(value)}`);
    return number;
  },
  help: "records a second; auto is as many as the stream takes",
  placeholder: "N",
  env: "twin",
};

/** Every flag of kinesis-cat, in the order in which help shows them. */
export const options = {
  stream: text("the stream, by name or ARN; with -firehose the name of the Firehose stream", "NAME"),
  region: text("AWS region", "REGION"),
  profile: text("profile of the shared AWS configuration", "NAME"),
  "endpoint-url": text("send requests there", "URL"),
  firehose: bool("send to Amazon Data Firehose"),

  lf: bool("put an LF behind each record"),
  delimiter: parsed(parseDelimiter, "what separates records; \\n, \\t, \\0 and \\xHH are read (default LF)", "TEXT"),
  "length-prefix": bool("each record stands behind its length in four bytes, big-endian"),
  whole: bool("each file is one record"),
  "keep-cr": bool("keep a CR before the LF"),
  "skip-empty": bool("leave empty records out"),
  "skip-oversize": bool("leave out, and name, records over the limit of the stream"),

  "partition-key": text("one key for all records; otherwise the SHA-256 of each record's data in hex", "KEY"),
  "key-from": parsed(parseKeyFrom, "key from each record: a path into JSON (user.id), a column (2) or the first group of /regexp/", "EXPR"),
  "key-random": bool("a random key for each record"),

  aggregate: bool("pack records in the format of the Kinesis Producer Library"),
  "aggregate-size": int("bytes of a packed record at most", { initial: 51_200, min: 1024, max: 1_000_000 }),
  ordered: bool("keep the order of records that have the same key"),
  rate,
  concurrency: int("requests under way at once", { initial: 8, min: 1, max: 64 }),
  "big-requests": bool("requests of up to 10 MiB instead of 5"),

  resume: text("go on where the run that wrote this file was stopped, and keep the position in it", "FILE"),
  "dry-run": bool("say what would be sent, and send nothing", { env: "none" }),
  progress: bool("say on stderr how far it is"),
  "log-level": choice("least level that is logged", logLevels, "warn"),
  "log-format": choice("form of the log on stderr", ["text", "json"], "text"),
};

export type CatOptions = { readonly [K in keyof typeof options]: (typeof options)[K] extends Option<infer T> ? T : never };
