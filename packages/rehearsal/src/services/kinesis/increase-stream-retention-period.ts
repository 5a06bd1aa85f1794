import { IncreaseStreamRetentionPeriod$, type IncreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { refuseRetention } from "./retention.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members. The sentences are those of mhart/kinesalite's tests. */
export const increaseStreamRetentionPeriod = defineOperation<IncreaseStreamRetentionPeriodInput, object>(IncreaseStreamRetentionPeriod$, {
  bounds: STREAM,
  run(input, call) {
    const stream = findActiveStream(call, input);
    const { RetentionPeriodHours: hours } = input;
    refuseRetention(hours);
    if (hours < stream.retentionHours) {
      throw invalidArgument(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than existing retention period (${stream.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
      );
    }
    beginChange(call, stream, () => void (stream.retentionHours = hours));
    return {};
  },
});
