import { isUtf8 } from "node:buffer";
import type { StreamRecord } from "../record.ts";

/**
 * A record as one line of JSON. Names and order of the members are part of the public interface; `readDump` reads it back.
 * A payload that is not valid UTF-8 stands in `dataBase64` in place of `data`; `decoded`, `kpl`, `tags` and `log` are there when they say something.
 */
export function jsonLine(record: StreamRecord): string {
  const bytes = Buffer.from(record.data.buffer, record.data.byteOffset, record.data.length);
  const { log } = record;
  const line = JSON.stringify({
    stream: record.stream,
    shard: record.shard,
    seq: record.sequence,
    sub: record.sub,
    key: record.key,
    ehk: record.explicitHashKey,
    time: new Date(record.arrivedAtMs).toISOString(),
    ...(isUtf8(bytes) ? { data: bytes.toString() } : { dataBase64: bytes.toString("base64") }),
    decoded: record.decoded,
    kpl: record.kpl,
    tags: record.tags,
    log: log && { id: log.id, time: new Date(log.timeMs).toISOString(), group: log.group, stream: log.stream },
  });
  return `${line}\n`;
}
