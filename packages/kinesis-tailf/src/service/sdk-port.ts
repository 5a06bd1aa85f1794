import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  type Shard,
} from "@aws-sdk/client-kinesis";
import { type Context, isToolError } from "@sukima/core";
import { limited } from "../aws/limited.ts";
import { childrenOf, dateMsOf, fetchedOf, hashOf } from "./answer.ts";
import type { ListedShard } from "../loop/lineage.ts";
import { type Page, type ShardFilter, type StreamPort, Trouble } from "../loop/port.ts";
import type { Position } from "../loop/shard.ts";
import { translate } from "./translate.ts";
import { arnOf, type StreamName, titleOf } from "./stream-name.ts";

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
    case "sequence":
      return { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: position.sequence };
    case "after":
      return { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: position.sequence };
    default:
      return position satisfies never;
  }
}

/** The stream through an SDK client. The client makes one attempt a call: the loop's own waits cover throttles and outages, and never give a shard up. */
export function sdkPort(
  client: KinesisClient,
  stream: StreamName,
  onMissing: (action: string) => void,
  ctx: Pick<Context, "clock">,
): StreamPort {
  const target = titleOf(stream);
  let serverMs = Number.NaN;
  // The service's own clock decides about "now" and about what has been read: laptops' clocks are wrong.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const read = dateMsOf(result.response);
      if (Number.isFinite(read)) serverMs = read;
      return result;
    },
    { step: "deserialize", name: "serverClock", override: true },
  );
  const attempt = async <T>(
    operation: string,
    signal: AbortSignal,
    call: (abortSignal: AbortSignal) => Promise<T>,
    position?: Position,
  ): Promise<T> => {
    try {
      return await limited(ctx, signal, call);
    } catch (error) {
      throw translate(operation, target, error, position);
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
  const describeShards = async (filter: ShardFilter, signal: AbortSignal): Promise<ListedShard[]> => {
    const shards: Shard[] = [];
    for (let more = true; more;) {
      const after = shards.at(-1)?.ShardId;
      const command = new DescribeStreamCommand({ ...stream, ...(after === undefined ? {} : { ExclusiveStartShardId: after }) });
      const { StreamDescription } = await attempt("kinesis:DescribeStream", signal, (abortSignal) => client.send(command, { abortSignal }));
      shards.push(...(StreamDescription?.Shards ?? []));
      more = StreamDescription?.HasMoreShards === true;
    }
    const isOpen = ({ SequenceNumberRange }: Shard): boolean => SequenceNumberRange?.EndingSequenceNumber === undefined;
    return shards
      .filter((shard) => (filter.kind === "latest" ? isOpen(shard) : filter.kind !== "after" || (shard.ShardId ?? "") > filter.shard))
      .map(listed);
  };
  const listShards = async (filter: ShardFilter, signal: AbortSignal): Promise<ListedShard[]> => {
    const shards: ListedShard[] = [];
    let token: string | undefined;
    do {
      const input: ListShardsCommandInput = token === undefined ? { ...stream, ShardFilter: filters(filter) } : { NextToken: token };
      const page = await attempt("kinesis:ListShards", signal, (abortSignal) => client.send(new ListShardsCommand(input), { abortSignal }));
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
    async iterator(ShardId, position, signal) {
      const command = new GetShardIteratorCommand({ ...stream, ShardId, ...iteratorAt(position) });
      const call = (abortSignal: AbortSignal) => client.send(command, { abortSignal });
      const { ShardIterator = "" } = await attempt("kinesis:GetShardIterator", signal, call, position);
      return ShardIterator;
    },
    async records(ShardIterator, Limit, signal): Promise<Page> {
      const answer = await attempt("kinesis:GetRecords", signal, (abortSignal) =>
        client.send(new GetRecordsCommand({ ...arnOf(stream), ShardIterator, Limit }), { abortSignal }),
      );
      // The SDK makes an object of nothing of an empty body, which would read as the end of the shard.
      if (answer.Records === undefined && answer.NextShardIterator === undefined) throw new Trouble("transient", "an empty answer");
      return {
        records: fetchedOf(answer.Records ?? [], serverMs),
        next: answer.NextShardIterator || undefined,
        behindMs: answer.MillisBehindLatest ?? 0,
        serverMs,
        children: answer.ChildShards && childrenOf(answer.ChildShards),
      };
    },
  };
}
