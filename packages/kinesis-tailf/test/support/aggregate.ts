import { Aggregator } from "../../src/kpl/aggregator.ts";

/** Texts as one aggregated record of the KPL. */
export function aggregate(texts: readonly string[]): Uint8Array {
  const aggregator = new Aggregator();
  for (const text of texts) aggregator.add({ key: "k", data: Buffer.from(text) });
  return aggregator.take();
}
