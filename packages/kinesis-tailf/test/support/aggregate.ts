import { Aggregator } from "../../src/kpl/aggregator.ts";

/** Payloads with one key as one aggregated record of the KPL. */
export function aggregate(payloads: readonly (string | Uint8Array)[], key = "k"): Uint8Array {
  const aggregator = new Aggregator();
  for (const payload of payloads) aggregator.add({ key, data: Buffer.from(payload) });
  return aggregator.take();
}
