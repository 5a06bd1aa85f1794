import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  PutRecordCommand,
  type PutRecordCommandInput,
} from "@aws-sdk/client-kinesis";

export const STREAM = "docker-logs";
export const FIRST = "shardId-000000000000";
export const SECOND = "shardId-000000000001";

export const text = (data: Uint8Array | undefined): string => Buffer.from(data ?? []).toString();

/** The calls that most tests of streams make, on the default stream unless told otherwise. */
export const streamCalls = (kinesis: KinesisClient) => ({
  put: (key: string, data: string | Uint8Array = key, more: Partial<PutRecordCommandInput> = {}) =>
    kinesis.send(new PutRecordCommand({ StreamName: STREAM, PartitionKey: key, Data: Buffer.from(data), ...more })),
  iterator: async (ShardId: string, more: Partial<GetShardIteratorCommandInput> = {}): Promise<string> => {
    const input = { StreamName: STREAM, ShardId, ShardIteratorType: "TRIM_HORIZON" as const, ...more };
    return (await kinesis.send(new GetShardIteratorCommand(input))).ShardIterator ?? "";
  },
  page: (ShardIterator: string | undefined, Limit?: number) => kinesis.send(new GetRecordsCommand({ ShardIterator, Limit })),
  shards: async (more: Partial<ListShardsCommandInput> = {}) =>
    (await kinesis.send(new ListShardsCommand({ StreamName: STREAM, ...more }))).Shards ?? [],
});
