import { UpdateMaxRecordSize$, type UpdateMaxRecordSizeInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { MAX_RECORD_SIZE, STREAM_ARN, STREAM_ID } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members. */
export const updateMaxRecordSize = defineOperation<UpdateMaxRecordSizeInput, object>(UpdateMaxRecordSize$, {
  bounds: { StreamARN: STREAM_ARN, StreamId: STREAM_ID, MaxRecordSizeInKiB: MAX_RECORD_SIZE },
  run(input, call) {
    const stream = findActiveStream(call, input);
    beginChange(call, stream, () => void (stream.maxRecordKiB = input.MaxRecordSizeInKiB));
    return {};
  },
});
