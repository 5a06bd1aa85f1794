import { createHash } from "node:crypto";
import type { Call } from "./call.ts";

export interface PageRequest {
  /** What the token belongs to: a token of another list is refused. */
  readonly list: string;
  readonly token: string | undefined;
  readonly size: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * Cut one page out of a list. A token is opaque to callers and carries the place to go on from.
 * `refuse` throws the service's own error for a token that was never given out, or for another list.
 */
export function cutPage<Item>(call: Call, items: readonly Item[], { list, token, size }: PageRequest, refuse: () => never): Page<Item> {
  const start = token === undefined || token === "" ? 0 : (readToken(list, token) ?? refuse());
  if (call.wantsEmptyPage) return { items: [], nextToken: makeToken(list, start) };
  const end = start + size;
  return { items: items.slice(start, end), nextToken: end < items.length ? makeToken(list, end) : undefined };
}

const seal = (list: string, at: number): string => createHash("sha256").update(`${list}\n${at}`).digest("base64url");

const makeToken = (list: string, at: number): string => Buffer.from(`${at}.${seal(list, at)}`).toString("base64");

function readToken(list: string, token: string): number | undefined {
  const [at = "", mark] = Buffer.from(token, "base64").toString("latin1").split(".");
  return /^\d+$/.test(at) && mark === seal(list, Number(at)) ? Number(at) : undefined;
}
