import { FirehoseClient, type FirehoseClientConfig, PutRecordBatchCommand, PutRecordCommand } from "@aws-sdk/client-firehose";
import type { SendPort } from "../send/port.ts";
import { batchPort } from "./batch-port.ts";
import type { Notice } from "./refusal.ts";

/** Sends to a Firehose stream, which has no keys and no shards. */
export function firehosePort(config: FirehoseClientConfig, stream: string, notice: Notice): SendPort {
  const client = new FirehoseClient({ ...config, maxAttempts: 1 });
  return batchPort(stream, notice, {
    oneAction: "firehose:PutRecord",
    async one({ data }, abortSignal) {
      await client.send(new PutRecordCommand({ DeliveryStreamName: stream, Record: { Data: data } }), { abortSignal });
      return { kind: "arrived" };
    },
    manyAction: "firehose:PutRecordBatch",
    async many(batch, abortSignal) {
      const Records = batch.map(({ data }) => ({ Data: data }));
      const { RequestResponses = [] } = await client.send(new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }), {
        abortSignal,
      });
      return RequestResponses.map(({ ErrorCode: code }) => {
        if (code === undefined || code === "") return { kind: "arrived" };
        return code === "ServiceUnavailableException" ? { kind: "throttled" } : { kind: "failed", code };
      });
    },
  });
}
