import { FirehoseClient, type FirehoseClientConfig, PutRecordBatchCommand, PutRecordCommand } from "@aws-sdk/client-firehose";
import type { Entry } from "../send/entry.ts";
import type { Outcome, SendPort } from "../send/port.ts";
import { isRefused, judge } from "./call-error.ts";

/** Bytes of a record and of a request at most, and records of a request (model text of PutRecordBatch). */
export const firehoseLimits = { recordBytes: 1_024_000, requestBytes: 4 * 1024 * 1024, requestRecords: 500 };

const requestTimeoutMs = 60_000;

/** A Firehose stream. It has no keys and no shards. Refused batches become single records, as with Kinesis. */
export function firehosePort(config: FirehoseClientConfig, stream: string, notice: (action: string, instead: string) => void): SendPort {
  const client = new FirehoseClient({ ...config, maxAttempts: 1 });
  let isBatchRefused = false;

  const sendOne = async ({ data }: Entry, signal: AbortSignal): Promise<Outcome> => {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
    try {
      await client.send(new PutRecordCommand({ DeliveryStreamName: stream, Record: { Data: data } }), { abortSignal });
      return { kind: "arrived" };
    } catch (error) {
      return judge(error, { action: "firehose:PutRecord", target: stream }, signal);
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
      const Records = batch.map(({ data }) => ({ Data: data }));
      try {
        const { RequestResponses = [] } = await client.send(new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }), { abortSignal });
        return RequestResponses.map(({ ErrorCode: code }) => {
          if (code === undefined || code === "") return { kind: "arrived" };
          return code === "ServiceUnavailableException" ? { kind: "throttled" } : { kind: "failed", code };
        });
      } catch (error) {
        if (!isRefused(error)) {
          const outcome = judge(error, { action: "firehose:PutRecordBatch", target: stream }, signal);
          return batch.map(() => outcome);
        }
        isBatchRefused = true;
        notice("firehose:PutRecordBatch", "records go one by one with firehose:PutRecord, which is slower");
        return sendEach(batch, signal);
      }
    },
  };
}
