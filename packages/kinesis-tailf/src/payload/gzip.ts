import { gunzipSync } from "node:zlib";
import { inflateLimit, inflating } from "./limits.ts";

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** All members of a gzip payload, joined. Throws `Undecodable`. */
export const gunzip = (bytes: Uint8Array, maxInflateBytes: number): Uint8Array =>
  inflating(() => gunzipSync(bytes, { maxOutputLength: inflateLimit(bytes.length, maxInflateBytes) }));
