import { zstdDecompressSync } from "node:zlib";
import { inflateLimit, inflating, Undecodable } from "./limits.ts";
import { measureFrame } from "./zstd-frame.ts";

/** All frames of a zstd payload, joined. A size that a header declares is checked before anything is inflated. Throws `Undecodable`. */
export function unzstd(bytes: Uint8Array, maxInflateBytes: number): Uint8Array {
  const contents: Uint8Array[] = [];
  let room = inflateLimit(bytes.length, maxInflateBytes);
  for (let start = 0; start < bytes.length;) {
    const { end, isSkippable, contentBytes } = measureFrame(bytes, start);
    if (!isSkippable && contentBytes !== 0) {
      if (room === 0 || (contentBytes ?? 0) > room) throw new Undecodable("decode_too_large");
      const limit = { maxOutputLength: room };
      const from = start;
      const content = inflating(() => zstdDecompressSync(bytes.subarray(from, end), limit));
      if (contentBytes !== undefined && content.length !== contentBytes) throw new Undecodable("decode_failed");
      contents.push(content);
      room -= content.length;
    }
    start = end;
  }
  const [first] = contents;
  return contents.length === 1 && first !== undefined ? first : Buffer.concat(contents);
}
