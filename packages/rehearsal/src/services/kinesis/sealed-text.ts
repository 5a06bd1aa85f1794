import { createHash } from "node:crypto";

const markOf = (text: string): string => createHash("sha256").update(`kinesis\n${text}`).digest("base64url").slice(0, 16);

/** An opaque text for callers to hand back: iterators and tokens. */
export function seal(content: object): string {
  const text = JSON.stringify(content);
  return Buffer.from(`${markOf(text)}${text}`).toString("base64");
}

/** What was sealed; undefined for a text that `seal` did not make. */
export function open(sealed: string): unknown {
  const plain = Buffer.from(sealed, "base64").toString("utf8");
  const text = plain.slice(16);
  return plain.slice(0, 16) === markOf(text) ? JSON.parse(text) : undefined;
}
