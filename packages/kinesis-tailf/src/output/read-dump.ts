import type { StreamRecord } from "../record.ts";
import { parseDumpRecord } from "./dump-record.ts";

/**
 * The records of a file that `-o json` has written, for `-stream file://...`; blank lines are passed over.
 * Holds one line in memory. Throws `ToolError` BAD_DUMP with `name:line` at the first line that is no record.
 */
export async function* readDump(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<StreamRecord> {
  let number = 0;
  for await (const line of lines(chunks)) {
    number++;
    if (line.trim() !== "") yield parseDumpRecord(line, `${name}:${number}`);
  }
}

/** Lines without their LF. Parts of a long line are joined once, at its end. */
async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let lf = chunk.indexOf(10); lf >= 0; lf = chunk.indexOf(10, start)) {
      parts.push(chunk.subarray(start, lf));
      yield Buffer.concat(parts).toString();
      parts = [];
      start = lf + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString();
}
