import { PutRecord$, type PutRecordInput, type PutRecordOutput } from "@aws-sdk/client-firehose";
import { defineOperation } from "../../wire/operation.ts";
import { NAME } from "./delivery-stream.ts";
import { deliver, findOpenStream, RECORD } from "./delivery.ts";

/** Source: the model's texts of the action and its members. The throughput quota of a stream is not enforced: use a `throttle` fault. */
export const putRecord = defineOperation<PutRecordInput, PutRecordOutput>(PutRecord$, {
  bounds: { DeliveryStreamName: NAME, Record: RECORD },
  run(input, call) {
    const stream = findOpenStream(call, input.DeliveryStreamName);
    return { RecordId: deliver(call, stream, input.Record.Data), Encrypted: false };
  },
});
