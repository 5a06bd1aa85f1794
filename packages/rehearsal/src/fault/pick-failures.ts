import type { Random } from "../random.ts";
import type { Fault } from "./fault.ts";

/** Draw the entries of a batch that a `partial` fault lets fail: its share of them, but at least one. Empty for other faults. */
export function pickFailures(
  fault: Fault | undefined,
  count: number,
  random: Random,
): ReadonlyMap<number, Pick<Fault, "code" | "message">> {
  if (fault?.kind !== "partial") return new Map();
  const wanted = Math.max(1, Math.round(count * (fault.share ?? 0.5)));
  const places = Array.from({ length: count }, (_, at) => ({ at, lot: random.next() })).sort((a, b) => a.lot - b.lot);
  return new Map(places.slice(0, wanted).map(({ at }) => [at, { code: fault.code, message: fault.message }]));
}
