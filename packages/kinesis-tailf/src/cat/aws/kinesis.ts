import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsResultEntry,
} from "@aws-sdk/client-kinesis";
import type { Entry } from "../send/entry.ts";
import type { ListShards, Outcome, SendPort, ShardRange } from "../send/port.ts";
import { explain, isRefused, judge } from "./call-error.ts";

/** How a stream is named in calls. */
type StreamId = { readonly StreamARN: string } | { readonly StreamName: string };

export const streamId = (stream: string): StreamId => (stream.startsWith("arn:") ? { StreamARN: stream } : { StreamName: stream });

/** What has to be known of a stream before anything is sent to it. */
export interface StreamTraits {
  /** Bytes of a record at most, data and key. */
  readonly recordBytes: number;
  /** The service itself picks the shard, whatever the key says. */
  readonly picksShards: boolean;
}

/** The limit of streams whose owner has not raised it, in bytes. */
const defaultRecordBytes = 1_048_576;
const requestTimeoutMs = 60_000;

/** A stream through SDK clients: `control` retries by itself, `data` makes one attempt a call. */
export interface Clients {
  readonly control: KinesisClient;
  readonly data: KinesisClient;
}

type Notice = (action: string, instead: string) => void;

/** Limits as the stream has them. A refused call means the default ones: the original needs PutRecord alone, and so do policies written for it. */
export async function describe(control: KinesisClient, stream: string, notice: Notice, abortSignal: AbortSignal): Promise<StreamTraits> {
  try {
    const { StreamDescriptionSummary: summary } = await control.send(new DescribeStreamSummaryCommand(streamId(stream)), { abortSignal });
    const { MaxRecordSizeInKiB: kib, RecordDistributionStrategy: strategy } = summary ?? {};
    return { recordBytes: kib === undefined ? defaultRecordBytes : kib * 1024, picksShards: strategy === "AUTO" };
  } catch (error) {
    abortSignal.throwIfAborted();
    if (!isRefused(error)) throw explain(error, { action: "kinesis:DescribeStreamSummary", target: stream });
    notice("kinesis:DescribeStreamSummary", "records may have 1 MiB");
    return { recordBytes: defaultRecordBytes, picksShards: false };
  }
}

/** The open shards of a stream. */
export const shardLister =
  (control: KinesisClient, stream: string): ListShards =>
  async (abortSignal) => {
    const ranges: ShardRange[] = [];
    let token: string | undefined;
    do {
      const input: ListShardsCommandInput =
        token === undefined ? { ...streamId(stream), ShardFilter: { Type: "AT_LATEST" } } : { NextToken: token };
      const page = await control.send(new ListShardsCommand(input), { abortSignal }).catch((error: unknown) => {
        abortSignal.throwIfAborted();
        throw explain(error, { action: "kinesis:ListShards", target: stream });
      });
      for (const { ShardId: shard = "", HashKeyRange: range, SequenceNumberRange: numbers } of page.Shards ?? []) {
        // Emulators give closed shards too.
        if (range === undefined || numbers?.EndingSequenceNumber !== undefined) continue;
        ranges.push({ shard, from: BigInt(range.StartingHashKey ?? 0), to: BigInt(range.EndingHashKey ?? 0) });
      }
      token = page.NextToken || undefined;
    } while (token !== undefined);
    return ranges;
  };

const wireForm = ({ data, key, explicitHashKey }: Entry) => ({
  Data: data,
  PartitionKey: key,
  ...(explicitHashKey === undefined ? {} : { ExplicitHashKey: explicitHashKey }),
});

function outcomeOf({ ErrorCode: code, ShardId: shard }: PutRecordsResultEntry): Outcome {
  if (code === undefined || code === "") return { kind: "arrived", shard };
  return code === "ProvisionedThroughputExceededException" ? { kind: "throttled" } : { kind: "failed", code };
}

/** Sends by PutRecords; where that is refused, by PutRecord, one record after the other. */
export function kinesisPort(client: KinesisClient, stream: string, notice: Notice): SendPort {
  const id = streamId(stream);
  let isBatchRefused = false;

  const sendOne = async (entry: Entry, signal: AbortSignal): Promise<Outcome> => {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
    try {
      const { ShardId: shard } = await client.send(new PutRecordCommand({ ...id, ...wireForm(entry) }), { abortSignal });
      return { kind: "arrived", shard };
    } catch (error) {
      return judge(error, { action: "kinesis:PutRecord", target: stream }, signal);
    }
  };
  const sendEach = async (batch: readonly Entry[], signal: AbortSignal): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const entry of batch) outcomes.push(await sendOne(entry, signal));
    return outcomes;
  };
  return {
    async send(batch, signal) {
      if (isBatchRefused) return sendEach(batch, signal);
      const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
      try {
        const { Records = [] } = await client.send(new PutRecordsCommand({ ...id, Records: batch.map(wireForm) }), { abortSignal });
        return Records.map(outcomeOf);
      } catch (error) {
        if (!isRefused(error)) {
          const outcome = judge(error, { action: "kinesis:PutRecords", target: stream }, signal);
          return batch.map(() => outcome);
        }
        isBatchRefused = true;
        notice("kinesis:PutRecords", "records go one by one with kinesis:PutRecord, which is slower");
        return sendEach(batch, signal);
      }
    },
  };
}
