import type { _Record, ChildShard, HashKeyRange } from "@aws-sdk/client-kinesis";
import { batchOf, type RecordBatch } from "../loop/batch.ts";
import type { ListedShard } from "../loop/lineage.ts";

/** The part of the hash space that a shard has, where the service says it. */
export const hashOf = (range: HashKeyRange | undefined): Pick<ListedShard, "hash"> =>
  range?.StartingHashKey === undefined || range.EndingHashKey === undefined
    ? {}
    : { hash: { from: BigInt(range.StartingHashKey), to: BigInt(range.EndingHashKey) } };

/** The shards that follow a closed one, as its last answer or event names them. */
export const childrenOf = (children: readonly ChildShard[]): ListedShard[] =>
  children.map(({ ShardId: id = "", ParentShards: parents = [], HashKeyRange: range }) => ({ id, parents, ...hashOf(range) }));

/** Records as the SDK gives them, as a batch; one without a time of arrival counts as arrived at `serverMs`. */
export const fetchedOf = (records: readonly _Record[], serverMs: number): RecordBatch =>
  batchOf(
    records.map(({ SequenceNumber = "", PartitionKey = "", ApproximateArrivalTimestamp, Data = new Uint8Array() }) => ({
      sequence: SequenceNumber,
      key: PartitionKey,
      arrivedAtMs: ApproximateArrivalTimestamp?.getTime() ?? serverMs,
      data: Data,
    })),
  );

/** The Date header of an HTTP answer in milliseconds since 1970, NaN without one. It counts whole seconds. */
export function dateMsOf(response: unknown): number {
  const headers: unknown = typeof response === "object" && response !== null && "headers" in response ? response.headers : undefined;
  const date: unknown = typeof headers === "object" && headers !== null && "date" in headers ? headers.date : undefined;
  return typeof date === "string" ? Date.parse(date) : Number.NaN;
}
