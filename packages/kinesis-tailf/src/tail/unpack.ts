import { deaggregate } from "../kpl/deaggregate.ts";
import type { StreamRecord } from "../record.ts";

/** What can be odd about an aggregated record, for the statistics. */
export type KplCounter = "kpl_bad_md5" | "kpl_bad_protobuf" | "kpl_bad_index" | "kpl_empty";

/** The user records of one record of the stream, in their order. A record that is not aggregated, or is broken, stands for itself. */
export function unpack(record: StreamRecord, count: (counter: KplCounter) => void): StreamRecord[] {
  const unpacked = deaggregate(record.data);
  if (unpacked.kind === "raw") {
    if (unpacked.fault === undefined) return [record];
    count(`kpl_${unpacked.fault}`);
    return [{ ...record, kpl: unpacked.fault }];
  }
  if (unpacked.records.length === 0) count("kpl_empty");
  return unpacked.records.map(({ badIndex, ...user }, sub) => {
    if (badIndex === true) count("kpl_bad_index");
    return { ...record, ...user, sub, ...(badIndex === true ? { kpl: "bad_index" as const } : {}) };
  });
}
