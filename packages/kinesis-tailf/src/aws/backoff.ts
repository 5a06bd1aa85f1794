const firstMs = 100;

/** How long to wait after `refusals` in a row: doubling up to `longestMs`, half of it by `random` (0 to 1), so that refused records do not come back together. */
export function backoffMs(refusals: number, longestMs: number, random: number): number {
  const ms = Math.min(longestMs, firstMs * 2 ** Math.min(refusals - 1, 10));
  return ms / 2 + (ms / 2) * random;
}
