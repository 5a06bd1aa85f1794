import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsResultEntry,
} from "@aws-sdk/client-kinesis";
import { type Context, isToolError } from "@sukima/core";
import type { Entry } from "../send/entry.ts";
import type { ListShards, Outcome, SendPort, ShardRange } from "../send/port.ts";
import { batchPort } from "./batch-port.ts";
import { beingCreated, explain, isRefused } from "../../aws/call-error.ts";
import { streamName } from "../../service/stream-name.ts";
import { persistently } from "./persistently.ts";
import type { Notice } from "./refusal.ts";

/** What has to be known of a stream before anything is sent to it. */
export interface StreamTraits {
  /** Bytes of a record at most, data and key. */
  readonly recordBytes: number;
  /** The service itself picks the shard, whatever the key says. */
  readonly picksShards: boolean;
}

/** The limit of streams whose owner has not raised it, in bytes. */
const defaultRecordBytes = 1_048_576;

/** Limits as the stream has them. A refused call means the default ones: the original needs PutRecord alone, and so do policies written for it. */
export async function describe(control: KinesisClient, stream: string, notice: Notice, abortSignal: AbortSignal): Promise<StreamTraits> {
  try {
    const { StreamDescriptionSummary: summary } = await control.send(new DescribeStreamSummaryCommand(streamName(stream)), { abortSignal });
    const { MaxRecordSizeInKiB: kib, RecordDistributionStrategy: strategy, StreamStatus: status } = summary ?? {};
    if (status === "CREATING") throw beingCreated(stream);
    return { recordBytes: kib === undefined ? defaultRecordBytes : kib * 1024, picksShards: strategy === "AUTO" };
  } catch (error) {
    if (isToolError(error)) throw error;
    abortSignal.throwIfAborted();
    if (!isRefused(error)) throw explain(error, { action: "kinesis:DescribeStreamSummary", target: stream });
    notice("kinesis:DescribeStreamSummary", "records may have 1 MiB");
    return { recordBytes: defaultRecordBytes, picksShards: false };
  }
}

/** Lists the open shards of a stream by a client of one attempt. */
export function shardLister(client: KinesisClient, stream: string, ctx: Pick<Context, "clock" | "random">): ListShards {
  const list = async (abortSignal: AbortSignal): Promise<ShardRange[]> => {
    const ranges: ShardRange[] = [];
    let token: string | undefined;
    do {
      const input: ListShardsCommandInput =
        token === undefined ? { ...streamName(stream), ShardFilter: { Type: "AT_LATEST" } } : { NextToken: token };
      const page = await client.send(new ListShardsCommand(input), { abortSignal });
      for (const { ShardId: shard = "", HashKeyRange: range, SequenceNumberRange: numbers } of page.Shards ?? []) {
        // Emulators give closed shards too.
        if (range === undefined || numbers?.EndingSequenceNumber !== undefined) continue;
        ranges.push({ shard, from: BigInt(range.StartingHashKey ?? 0), to: BigInt(range.EndingHashKey ?? 0) });
      }
      token = page.NextToken || undefined;
    } while (token !== undefined);
    return ranges;
  };
  return (signal) => persistently(list, { action: "kinesis:ListShards", target: stream }, signal, ctx);
}

const wireForm = ({ data, key, explicitHashKey }: Entry) => ({
  Data: data,
  PartitionKey: key,
  ...(explicitHashKey === undefined ? {} : { ExplicitHashKey: explicitHashKey }),
});

function outcomeOf({ ErrorCode: code, ShardId: shard }: PutRecordsResultEntry): Outcome {
  if (code === undefined || code === "") return { kind: "arrived", shard };
  return code === "ProvisionedThroughputExceededException" ? { kind: "throttled" } : { kind: "failed", code };
}

/** Sends by PutRecords, or by PutRecord. */
export function kinesisPort(client: KinesisClient, stream: string, notice: Notice): SendPort {
  const id = streamName(stream);
  return batchPort(stream, notice, {
    oneAction: "kinesis:PutRecord",
    async one(entry, abortSignal) {
      const { ShardId: shard } = await client.send(new PutRecordCommand({ ...id, ...wireForm(entry) }), { abortSignal });
      return { kind: "arrived", shard };
    },
    manyAction: "kinesis:PutRecords",
    async many(batch, abortSignal) {
      const { Records = [] } = await client.send(new PutRecordsCommand({ ...id, Records: batch.map(wireForm) }), { abortSignal });
      return Records.map(outcomeOf);
    },
  });
}
