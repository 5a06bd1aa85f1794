import {
  type Consumer,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  paginateListStreamConsumers,
  type Shard,
  type StreamDescription,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import { isToolError } from "@sukima/core";
import { explain } from "../aws/call-error.ts";
import type { KnownShard } from "./known-shard.ts";
import { type StreamName, titleOf } from "../service/stream-name.ts";

/** Questions about a stream that read no records, to the last page. What fails rejects with the `ToolError` that `explain` makes of it. */
export interface StreamCalls {
  summary(): Promise<StreamDescriptionSummary | undefined>;
  shards(which: "all" | "open"): Promise<KnownShard[]>;
  /** What policies written for the original allow in place of the two above. */
  described(): Promise<{ readonly settings: StreamDescription | undefined; readonly shards: KnownShard[] }>;
  consumers(arn: string): Promise<Consumer[]>;
}

const known = ({ ShardId = "", ParentShardId, AdjacentParentShardId, HashKeyRange, SequenceNumberRange }: Shard): KnownShard => ({
  id: ShardId,
  parents: [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined),
  hash: { from: BigInt(HashKeyRange?.StartingHashKey ?? 0), to: BigInt(HashKeyRange?.EndingHashKey ?? 0) },
  isOpen: SequenceNumberRange?.EndingSequenceNumber === undefined,
});

export function streamCalls(client: KinesisClient, stream: StreamName, abortSignal: AbortSignal): StreamCalls {
  const attempt = async <T>(operation: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      abortSignal.throwIfAborted();
      throw explain(error, { action: `kinesis:${operation}`, target: titleOf(stream) });
    }
  };
  return {
    async summary() {
      const answer = await attempt("DescribeStreamSummary", () => client.send(new DescribeStreamSummaryCommand(stream), { abortSignal }));
      return answer.StreamDescriptionSummary;
    },
    async shards(which) {
      const shards: KnownShard[] = [];
      const filter: ListShardsCommandInput = which === "open" ? { ShardFilter: { Type: "AT_LATEST" } } : {};
      let token: string | undefined;
      do {
        const input: ListShardsCommandInput = token === undefined ? { ...stream, ...filter } : { NextToken: token };
        const page = await attempt("ListShards", () => client.send(new ListShardsCommand(input), { abortSignal }));
        shards.push(...(page.Shards ?? []).map(known));
        token = page.NextToken || undefined;
      } while (token !== undefined);
      // Emulators give closed shards too.
      return which === "open" ? shards.filter(({ isOpen }) => isOpen) : shards;
    },
    async described() {
      const shards: KnownShard[] = [];
      for (;;) {
        const after = shards.at(-1)?.id;
        const command = new DescribeStreamCommand({ ...stream, ...(after === undefined ? {} : { ExclusiveStartShardId: after }) });
        const { StreamDescription: settings } = await attempt("DescribeStream", () => client.send(command, { abortSignal }));
        shards.push(...(settings?.Shards ?? []).map(known));
        if (settings?.HasMoreShards !== true) return { settings, shards };
      }
    },
    consumers: (StreamARN) =>
      attempt("ListStreamConsumers", async () => {
        const consumers: Consumer[] = [];
        for await (const page of paginateListStreamConsumers({ client }, { StreamARN }, { abortSignal }))
          consumers.push(...(page.Consumers ?? []));
        return consumers;
      }),
  };
}

/** An answer, or undefined where the caller lacks the permission to ask. */
export async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isToolError(error) && error.code === "ACCESS_DENIED") return undefined;
    throw error;
  }
}
