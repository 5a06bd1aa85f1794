import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from "@aws-sdk/client-kinesis";
import { awsConfig } from "@sukima/core/aws-config";
import type { Rehearsal } from "@sukima/rehearsal";
import { hashOf } from "../../../src/cat/aggregate/shard-map.ts";
import { deaggregate } from "../../../src/kpl/deaggregate.ts";

interface ShardContent {
  readonly shard: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly records: readonly { readonly key: string; readonly data: Buffer }[];
}

/** A client for preparing a world. */
export const kinesisOf = (aws: Pick<Rehearsal, "env">): KinesisClient =>
  new KinesisClient({
    ...awsConfig({ env: aws.env }, { name: "test", version: "0" }),
    endpoint: aws.env["AWS_ENDPOINT_URL"] ?? "",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
  });

/** Everything a stream holds, shard by shard, parents first. */
export async function contentOf(aws: Pick<Rehearsal, "env" | "clock">, StreamName: string): Promise<ShardContent[]> {
  const client = kinesisOf(aws);
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  const content: ShardContent[] = [];
  for (const { ShardId = "", HashKeyRange } of Shards) {
    const start = new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" });
    let { ShardIterator: iterator } = await client.send(start);
    const records: { key: string; data: Buffer }[] = [];
    while (iterator !== undefined) {
      // Past the limits of reading.
      aws.clock.advance(10_000);
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      for (const { Data = Buffer.of(), PartitionKey = "" } of page.Records ?? [])
        records.push({ key: PartitionKey, data: Buffer.from(Data) });
      iterator = page.MillisBehindLatest === 0 ? undefined : page.NextShardIterator;
    }
    content.push({
      shard: ShardId,
      from: BigInt(HashKeyRange?.StartingHashKey ?? 0),
      to: BigInt(HashKeyRange?.EndingHashKey ?? 0),
      records,
    });
  }
  return content;
}

/** The data of a stream as text, sorted: which records there are, not in which order. */
export async function textsOf(aws: Pick<Rehearsal, "env" | "clock">, stream: string): Promise<string[]> {
  const content = await contentOf(aws, stream);
  return content.flatMap(({ records }) => records.map(({ data }) => data.toString())).sort();
}

/** User records by the rule of the KCL: a packed record with one record outside of its shard's range is dropped whole. Also how many were dropped. */
export function byKclRule(content: readonly ShardContent[]): { users: { key: string; text: string }[]; dropped: number; packed: number } {
  let dropped = 0;
  let packed = 0;
  const users = content.flatMap(({ from, to, records }) =>
    records.flatMap(({ key, data }) => {
      const opened = deaggregate(data);
      if (opened.kind === "raw") return [{ key, text: data.toString() }];
      packed++;
      const inside = opened.records.map((user) => ({ key: user.key ?? "", text: Buffer.from(user.data).toString() }));
      const isWhole = inside.every((user) => hashOf(user.key) >= from && hashOf(user.key) <= to);
      if (!isWhole) dropped++;
      return isWhole ? inside : [];
    }),
  );
  return { users, dropped, packed };
}
