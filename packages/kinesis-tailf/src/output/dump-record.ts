import { ToolError } from "@sukima/core";
import type { Decoding, KplFault, LogOrigin, StreamRecord, Tag } from "../record.ts";

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);

const decodings: readonly string[] = ["base64", "gzip", "zstd", "cloudwatch"] satisfies readonly Decoding[];
const faults: readonly string[] = ["bad_md5", "bad_protobuf", "bad_index"] satisfies readonly KplFault[];

const isDecoding = (value: unknown): value is Decoding => typeof value === "string" && decodings.includes(value);
const isFault = (value: unknown): value is KplFault => typeof value === "string" && faults.includes(value);

/**
 * A record from one line that `jsonLine` has printed. `where` is `file:line` for messages.
 * Throws `ToolError` BAD_DUMP (exit 1) that names the member and the value found; members that it does not know are passed over.
 */
export function parseDumpRecord(line: string, where: string): StreamRecord {
  const refuse = (problem: string): Error =>
    new ToolError("BAD_DUMP", `${where}: ${problem}`, { hint: "the file holds lines that kinesis-tailf -o json has printed" });
  const members = parseObject(line, refuse);
  const read = new MemberReader(members, refuse);
  const { decoded, kpl, tags, log } = members;
  if (decoded !== undefined && !(Array.isArray(decoded) && decoded.every(isDecoding)))
    throw read.unexpected("decoded", "a list of decodings");
  if (kpl !== undefined && !isFault(kpl)) throw read.unexpected("kpl", `one of ${faults.join(", ")}`);
  return {
    stream: read.text("stream"),
    shard: read.text("shard"),
    sequence: read.text("seq"),
    sub: read.index("sub"),
    key: read.optionalText("key"),
    explicitHashKey: read.optionalText("ehk"),
    arrivedAtMs: read.time("time"),
    data: readData(members, read),
    ...(decoded === undefined ? {} : { decoded }),
    ...(kpl === undefined ? {} : { kpl }),
    ...(tags === undefined ? {} : { tags: readTags(tags, read, refuse) }),
    ...(log === undefined ? {} : { log: readLog(log, read, refuse) }),
  };
}

type Refuse = (problem: string) => Error;

function parseObject(line: string, refuse: Refuse): Members {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw refuse(`not JSON (${error instanceof Error ? error.message : "unreadable"})`);
  }
  if (!isObject(value)) throw refuse("not a JSON object");
  return value;
}

class MemberReader {
  readonly #members: Members;
  readonly #refuse: Refuse;

  constructor(members: Members, refuse: Refuse) {
    this.#members = members;
    this.#refuse = refuse;
  }

  unexpected(name: string, expected: string): Error {
    const value = this.#members[name];
    return this.#refuse(value === undefined ? `${name} is missing` : `${name}: expected ${expected}, got ${JSON.stringify(value)}`);
  }

  text(name: string): string {
    const value = this.#members[name];
    if (typeof value !== "string") throw this.unexpected(name, "a text");
    return value;
  }

  /** Null and absent alike mean that there is none. */
  optionalText(name: string): string | null {
    return this.#members[name] === undefined || this.#members[name] === null ? null : this.text(name);
  }

  index(name: string): number | null {
    const value = this.#members[name] ?? null;
    if (value === null) return null;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw this.unexpected(name, "a whole number or null");
    return value;
  }

  time(name: string): number {
    const ms = Date.parse(this.text(name));
    if (Number.isNaN(ms)) throw this.unexpected(name, "a time in RFC 3339");
    return ms;
  }
}

function readData({ data, dataBase64 }: Members, read: MemberReader): Uint8Array {
  if (data !== undefined || dataBase64 === undefined) return Buffer.from(read.text("data"));
  const text = read.text("dataBase64");
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw read.unexpected("dataBase64", "base64");
  return bytes;
}

function readTags(tags: unknown, outer: MemberReader, refuse: Refuse): Tag[] {
  if (!Array.isArray(tags)) throw outer.unexpected("tags", "a list");
  return tags.map((tag) => {
    if (!isObject(tag)) throw outer.unexpected("tags", "a list of objects");
    const read = new MemberReader(tag, (problem) => refuse(`tags: ${problem}`));
    return { key: read.text("key"), value: read.optionalText("value") };
  });
}

function readLog(log: unknown, outer: MemberReader, refuse: Refuse): LogOrigin {
  if (!isObject(log)) throw outer.unexpected("log", "an object");
  const read = new MemberReader(log, (problem) => refuse(`log: ${problem}`));
  return { id: read.text("id"), timeMs: read.time("time"), group: read.text("group"), stream: read.text("stream") };
}
