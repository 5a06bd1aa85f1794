import { createHash } from "node:crypto";

const MARK_LENGTH = 16;

const markOf = (use: string, text: string): string =>
  createHash("sha256").update(`${use}\n${text}`).digest("base64url").slice(0, MARK_LENGTH);

/** An opaque text for callers to hand back: iterators and tokens. `use` is what it is good for. */
export function seal(use: string, content: unknown): string {
  const text = JSON.stringify(content);
  return Buffer.from(`${markOf(use, text)}${text}`).toString("base64");
}

/** What was sealed for this use; undefined for a text that `seal` did not make for it. */
export function open(use: string, sealed: string): unknown {
  const plain = Buffer.from(sealed, "base64").toString("utf8");
  const text = plain.slice(MARK_LENGTH);
  return plain.slice(0, MARK_LENGTH) === markOf(use, text) ? JSON.parse(text) : undefined;
}
