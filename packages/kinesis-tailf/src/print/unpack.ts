import { deaggregate } from "../kpl/deaggregate.ts";
import type { StreamRecord } from "../record.ts";
import type { ListedShard } from "../loop/lineage.ts";
import type { Origin } from "./origin.ts";
import { hashOfKey } from "../tail/selection.ts";

/** What can be odd about an aggregated record, for the statistics. */
export type KplCounter = "kpl_bad_md5" | "kpl_bad_protobuf" | "kpl_bad_index" | "kpl_empty" | "kpl_kcl_discarded";

export interface KplRules {
  /** How often a record is unpacked: aggregated records inside of aggregated ones are left alone with 1. */
  readonly depth: number;
  /**
   * For `-kcl-compat`, the part of the hash space that a shard holds: the KCL discards a whole aggregated record when one user record's hash lies outside of it
   * (awslabs/amazon-kinesis-client, AggregatorUtil.java). Undefined prints all of them.
   */
  readonly shardHash?: ((origin: Origin) => ListedShard["hash"]) | undefined;
}

/** The user records of one record of the stream, in their order. A record that is not aggregated, or is broken, stands for itself. */
export function unpack(record: StreamRecord, rules: KplRules, count: (counter: KplCounter) => void): readonly StreamRecord[] {
  const unpacked = deaggregate(record.data);
  if (unpacked.kind === "raw") {
    if (unpacked.fault === undefined) return [record];
    count(`kpl_${unpacked.fault}`);
    return [{ ...record, kpl: unpacked.fault }];
  }
  if (unpacked.records.length === 0) count("kpl_empty");
  const users = unpacked.records.map(({ badIndex, ...user }, sub) => {
    if (badIndex === true) count("kpl_bad_index");
    return { ...record, ...user, sub, ...(badIndex === true ? { kpl: "bad_index" as const } : {}) };
  });
  const range = rules.shardHash?.(record);
  if (range !== undefined && !users.every((user) => isInside(user, range))) {
    count("kpl_kcl_discarded");
    return [];
  }
  return rules.depth > 1 ? users.flatMap((user) => unpackInner(user, rules, count)) : users;
}

/** The inner records keep the place of the outer one, which is all that a position in the stream can name. */
function unpackInner(user: StreamRecord, { depth }: KplRules, count: (counter: KplCounter) => void): readonly StreamRecord[] {
  return unpack(user, { depth: depth - 1 }, count).map((inner) => ({ ...inner, sub: user.sub }));
}

function isInside({ key, explicitHashKey }: StreamRecord, { from, to }: NonNullable<ListedShard["hash"]>): boolean {
  if (explicitHashKey !== null && /^\d+$/.test(explicitHashKey)) return from <= BigInt(explicitHashKey) && BigInt(explicitHashKey) <= to;
  if (key === null) return true;
  const hash = hashOfKey(key);
  return from <= hash && hash <= to;
}
