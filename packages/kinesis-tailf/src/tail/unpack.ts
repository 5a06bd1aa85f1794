import { deaggregate } from "../kpl/deaggregate.ts";
import type { StreamRecord } from "../record.ts";
import type { FetchedRecord } from "./port.ts";

/** What was odd about aggregated records, for the statistics at the end. */
export interface KplCounts {
  kpl_bad_md5: number;
  kpl_bad_protobuf: number;
  kpl_bad_index: number;
  kpl_empty: number;
}

export const newKplCounts = (): KplCounts => ({ kpl_bad_md5: 0, kpl_bad_protobuf: 0, kpl_bad_index: 0, kpl_empty: 0 });

/** The user records of one record of the stream, in their order. A record that is not aggregated, or is broken, stands for itself. */
export function unpack(
  fetched: FetchedRecord,
  origin: { readonly stream: string; readonly shard: string },
  counts: KplCounts,
): StreamRecord[] {
  const { sequence, key, arrivedAtMs, data } = fetched;
  const own = { ...origin, sequence, arrivedAtMs };
  const unpacked = deaggregate(data);
  if (unpacked.kind === "raw") {
    if (unpacked.fault !== undefined) counts[`kpl_${unpacked.fault}`]++;
    return [{ ...own, sub: null, key, explicitHashKey: null, data, ...(unpacked.fault === undefined ? {} : { kpl: unpacked.fault }) }];
  }
  if (unpacked.records.length === 0) counts.kpl_empty++;
  return unpacked.records.map(({ badIndex, ...user }, sub) => {
    if (badIndex === true) counts.kpl_bad_index++;
    return { ...own, ...user, sub, ...(badIndex === true ? { kpl: "bad_index" as const } : {}) };
  });
}
