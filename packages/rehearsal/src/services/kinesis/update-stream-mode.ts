import { UpdateStreamMode$, type UpdateStreamModeInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM_ARN, STREAM_ID, STREAM_MODE } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { invalidArgument, refuseWarmthUnlessOnDemand } from "./kinesis-errors.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members. The limit of two switches a day is not enforced, the shards stay as they are. */
export const updateStreamMode = defineOperation<UpdateStreamModeInput, object>(UpdateStreamMode$, {
  bounds: { StreamARN: STREAM_ARN, StreamId: STREAM_ID, StreamModeDetails: STREAM_MODE, WarmThroughputMiBps: { min: 0 } },
  run(input, call) {
    const stream = findActiveStream(call, input);
    const { StreamMode: mode } = input.StreamModeDetails;
    refuseWarmthUnlessOnDemand(mode, input.WarmThroughputMiBps);
    if (mode === "PROVISIONED" && stream.distribution === "AUTO") {
      throw invalidArgument("A stream with the record distribution strategy AUTO cannot become PROVISIONED.");
    }
    beginChange(call, stream, () => void (stream.mode = mode));
    return {};
  },
});
