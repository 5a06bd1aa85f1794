import { errorTypeRegistries } from "@aws-sdk/client-firehose";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { createDeliveryStream } from "./create-delivery-stream.ts";
import { deleteDeliveryStream } from "./delete-delivery-stream.ts";
import { describeDeliveryStream } from "./describe-delivery-stream.ts";
import { listDeliveryStreams } from "./list-delivery-streams.ts";
import { putRecordBatch } from "./put-record-batch.ts";
import { putRecord } from "./put-record.ts";

export const firehose: Service = {
  name: "firehose",
  speech: { protocol: "json", version: "1.1", targetPrefix: "Firehose_20150804" },
  operations: byName([createDeliveryStream, deleteDeliveryStream, describeDeliveryStream, listDeliveryStreams, putRecord, putRecordBatch]),
  exceptions: errorTypeRegistries,
  // Puts above the quota are refused as unavailable, other actions above their rate as too many (the models' lists of errors).
  throttleCode: (operation) => (operation.startsWith("Put") ? "ServiceUnavailableException" : "LimitExceededException"),
};
