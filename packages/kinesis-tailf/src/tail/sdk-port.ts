import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type HashKeyRange,
  type KinesisClient,
  KinesisServiceException,
  ListShardsCommand,
  type ListShardsCommandInput,
  type Shard,
} from "@aws-sdk/client-kinesis";
import { isToolError } from "@sukima/core";
import { explain } from "../aws/call-error.ts";
import { batchOf } from "./batch.ts";
import type { ListedShard } from "./lineage.ts";
import { type Page, type ShardFilter, type StreamPort, Trouble } from "./port.ts";
import type { Position } from "./shard.ts";

/** How a stream is named in calls. */
export type StreamName = { readonly StreamARN: string } | { readonly StreamName: string };

const hashOf = (range: HashKeyRange | undefined): Pick<ListedShard, "hash"> =>
  range?.StartingHashKey === undefined || range.EndingHashKey === undefined
    ? {}
    : { hash: { from: BigInt(range.StartingHashKey), to: BigInt(range.EndingHashKey) } };

const listed = ({ ShardId = "", ParentShardId, AdjacentParentShardId, HashKeyRange }: Shard): ListedShard => ({
  id: ShardId,
  parents: [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined),
  ...hashOf(HashKeyRange),
});

const filters = (filter: ShardFilter): ListShardsCommandInput["ShardFilter"] => {
  switch (filter.kind) {
    case "latest":
      return { Type: "AT_LATEST" };
    case "horizon":
      return { Type: "FROM_TRIM_HORIZON" };
    case "from":
      return { Type: "FROM_TIMESTAMP", Timestamp: new Date(filter.ms) };
    case "after":
      return { Type: "AFTER_SHARD_ID", ShardId: filter.shard };
    default:
      return filter satisfies never;
  }
};

function iteratorAt(position: Position): Pick<GetShardIteratorCommandInput, "ShardIteratorType" | "StartingSequenceNumber" | "Timestamp"> {
  switch (position.at) {
    case "horizon":
      return { ShardIteratorType: "TRIM_HORIZON" };
    case "time":
      return { ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(position.ms) };
    case "after":
      return { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: position.sequence };
    default:
      return position satisfies never;
  }
}

const troubles: Readonly<Record<string, Trouble["kind"]>> = {
  ExpiredIteratorException: "expired",
  ProvisionedThroughputExceededException: "throttled",
  LimitExceededException: "throttled",
  KMSThrottlingException: "throttled",
  ResourceNotFoundException: "gone",
};

/** A failed call as the loop knows it; what nobody can mend by trying again as `ToolError`. */
function translate(operation: string, target: string, error: unknown): unknown {
  if (!(error instanceof KinesisServiceException))
    return error instanceof Error && error.name !== "AbortError" ? new Trouble("transient", error.name, { cause: error }) : error;
  const { name, $metadata } = error;
  const known = troubles[name];
  if (known !== undefined) return new Trouble(known, name, { cause: error });
  // The sequence number to go on behind is older than what the stream still holds.
  if (name === "InvalidArgumentException" && operation === "kinesis:GetShardIterator")
    return new Trouble("trimmed", name, { cause: error });
  if (($metadata.httpStatusCode ?? 0) >= 500) return new Trouble("transient", name, { cause: error });
  return explain(error, { action: operation, target });
}

/** The stream through an SDK client. The client makes one attempt a call: the loop's own waits cover throttles and outages, and never give a shard up. */
export function sdkPort(client: KinesisClient, stream: StreamName, onMissing: (action: string) => void): StreamPort {
  const target = "StreamARN" in stream ? stream.StreamARN : stream.StreamName;
  let serverMs = Number.NaN;
  // The service's own clock decides about "now" and about what has been read: laptops' clocks are wrong.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      const headers: unknown = typeof response === "object" && response !== null && "headers" in response ? response.headers : undefined;
      const date: unknown = typeof headers === "object" && headers !== null && "date" in headers ? headers.date : undefined;
      const read = typeof date === "string" ? Date.parse(date) : Number.NaN;
      if (Number.isFinite(read)) serverMs = read;
      return result;
    },
    { step: "deserialize", name: "serverClock", override: true },
  );
  const attempt = async <T>(operation: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw translate(operation, target, error);
    }
  };
  let mayList = true;
  const list = async (filter: ShardFilter, signal: AbortSignal): Promise<ListedShard[]> => {
    try {
      return mayList ? await listShards(filter, signal) : await describeShards(filter, signal);
    } catch (error) {
      if (!mayList || !isToolError(error) || error.code !== "ACCESS_DENIED") throw error;
      // A policy that was written for the original.
      mayList = false;
      onMissing("kinesis:ListShards");
      return describeShards(filter, signal);
    }
  };
  const describeShards = async (filter: ShardFilter, abortSignal: AbortSignal): Promise<ListedShard[]> => {
    const shards: Shard[] = [];
    for (let more = true; more;) {
      const after = shards.at(-1)?.ShardId;
      const command = new DescribeStreamCommand({ ...stream, ...(after === undefined ? {} : { ExclusiveStartShardId: after }) });
      const { StreamDescription } = await attempt("kinesis:DescribeStream", () => client.send(command, { abortSignal }));
      shards.push(...(StreamDescription?.Shards ?? []));
      more = StreamDescription?.HasMoreShards === true;
    }
    const isOpen = ({ SequenceNumberRange }: Shard): boolean => SequenceNumberRange?.EndingSequenceNumber === undefined;
    return shards
      .filter((shard) => (filter.kind === "latest" ? isOpen(shard) : filter.kind !== "after" || (shard.ShardId ?? "") > filter.shard))
      .map(listed);
  };
  const listShards = async (filter: ShardFilter, abortSignal: AbortSignal): Promise<ListedShard[]> => {
    const shards: ListedShard[] = [];
    let token: string | undefined;
    do {
      const input: ListShardsCommandInput = token === undefined ? { ...stream, ShardFilter: filters(filter) } : { NextToken: token };
      const page = await attempt("kinesis:ListShards", () => client.send(new ListShardsCommand(input), { abortSignal }));
      shards.push(...(page.Shards ?? []).map(listed));
      token = page.NextToken || undefined;
    } while (token !== undefined);
    return shards;
  };
  return {
    list,
    async serverMs(signal) {
      if (Number.isNaN(serverMs)) await list({ kind: "latest" }, signal);
      return serverMs;
    },
    async iterator(ShardId, position, abortSignal) {
      const command = new GetShardIteratorCommand({ ...stream, ShardId, ...iteratorAt(position) });
      const { ShardIterator = "" } = await attempt("kinesis:GetShardIterator", () => client.send(command, { abortSignal }));
      return ShardIterator;
    },
    async records(ShardIterator, Limit, abortSignal): Promise<Page> {
      const arn = "StreamARN" in stream ? stream : {};
      const answer = await attempt("kinesis:GetRecords", () =>
        client.send(new GetRecordsCommand({ ...arn, ShardIterator, Limit }), { abortSignal }),
      );
      return {
        records: batchOf(
          (answer.Records ?? []).map(
            ({ SequenceNumber = "", PartitionKey = "", ApproximateArrivalTimestamp, Data = new Uint8Array() }) => ({
              sequence: SequenceNumber,
              key: PartitionKey,
              arrivedAtMs: ApproximateArrivalTimestamp?.getTime() ?? serverMs,
              data: Data,
            }),
          ),
        ),
        next: answer.NextShardIterator || undefined,
        behindMs: answer.MillisBehindLatest ?? 0,
        serverMs,
        children: answer.ChildShards?.map(({ ShardId: id = "", ParentShards: parents = [], HashKeyRange }) => ({
          id,
          parents,
          ...hashOf(HashKeyRange),
        })),
      };
    },
  };
}
