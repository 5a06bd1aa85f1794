import * as z from "zod";
import type { Call } from "./call.ts";
import { open, seal } from "./sealed-text.ts";

/** What a list is sorted by, the first part first. */
export type SortKey = readonly (string | number)[];

interface PageRequest<Item> {
  /** What the token belongs to: a token of another list is refused. */
  readonly list: string;
  readonly token: string | undefined;
  readonly size: number;
  /** No two items of the list have the same key. */
  keyOf(item: Item): SortKey;
  readonly isDescending?: boolean;
}

interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextToken: string | undefined;
}

/** Comes before every key, in both directions. */
const START: SortKey = [];

const keySchema = z.array(z.union([z.string(), z.number()]));

/**
 * Sort a list and cut one page out of it. A token is opaque to callers and carries the key of the last item shown,
 * so that items which come and go between pages neither hide others nor repeat them.
 * `refuse` throws the service's own error for a token that was never given out, or for another list.
 */
export function cutPage<Item>(call: Call, items: readonly Item[], request: PageRequest<Item>, refuse: () => never): Page<Item> {
  const { list, token, size, isDescending = false } = request;
  const after = token === undefined || token === "" ? START : (keySchema.safeParse(open(list, token)).data ?? refuse());
  if (call.wantsEmptyPage) return { items: [], nextToken: seal(list, after) };
  const inOrder = (a: SortKey, b: SortKey): number => (isDescending ? compare(b, a) : compare(a, b));
  const rest = items
    .map((item) => ({ item, key: request.keyOf(item) }))
    .filter(({ key }) => after.length === 0 || inOrder(after, key) < 0)
    .sort((a, b) => inOrder(a.key, b.key));
  const shown = rest.slice(0, size);
  const last = shown.at(-1)?.key ?? after;
  return { items: shown.map(({ item }) => item), nextToken: shown.length < rest.length ? seal(list, last) : undefined };
}

function compare(a: SortKey, b: SortKey): number {
  for (const [at, part] of a.entries()) {
    const other = b[at];
    if (other !== undefined && part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
