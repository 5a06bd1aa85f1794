/** Members that one side always gives and the other never. */
const ONE_SIDED: ReadonlySet<string> = new Set([
  // Newer than the emulator's model.
  "MaxRecordSizeInKiB",
  "StreamSummaries",
  "RecordDistributionStrategy",
]);

const isOneSided = (name: string, value: unknown): boolean =>
  // The emulator repeats EncryptionType NONE with every record; the examples of the API reference have it in descriptions only.
  ONE_SIDED.has(name) || (name === "EncryptionType" && value === "NONE");

/** An answer with what differs from run to run replaced by its kind, so that two services can be compared; `omit` names members to leave out. */
export function comparable(value: unknown, omit: readonly string[] = [], name = ""): unknown {
  if (value instanceof Date) return "a time";
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (Array.isArray(value)) return value.map((entry) => comparable(entry, omit));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(
      ([key, entry]) => key !== "$metadata" && entry !== undefined && entry !== null && !omit.includes(key) && !isOneSided(key, entry),
    );
    return Object.fromEntries(entries.map(([key, entry]) => [key, comparable(entry, omit, key)]));
  }
  if (name === "MillisBehindLatest") return value === 0 ? "at the tip" : "behind";
  return typeof value === "string" ? comparableText(value, name) : value;
}

function comparableText(value: string, name: string): string {
  if (name === "EndingSequenceNumber") return "the last sequence number";
  if (name.endsWith("SequenceNumber") && /^\d{56}$/.test(value)) return "a sequence number";
  if (name.endsWith("ShardIterator") || name.endsWith("Token")) return "an opaque text";
  // The emulator divides 2^128-1 keys where AWS divides 2^128, so its borders are one lower.
  if (name.endsWith("HashKey")) return String((BigInt(value) + 4n) / 8n);
  return name === "ConsumerARN" ? value.replace(/\d+$/, "birth") : value;
}
