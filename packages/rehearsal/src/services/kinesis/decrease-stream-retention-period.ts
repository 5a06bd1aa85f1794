import { DecreaseStreamRetentionPeriod$, type DecreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { beginChange } from "./stream-change.ts";

/** The shortest retention (the model's text: 24 hours). */
const MIN_HOURS = 24;

/** Source: the model's texts of the action and its members. The sentences are guesses. Records that are now too old are gone at once. */
export const decreaseStreamRetentionPeriod = defineOperation<DecreaseStreamRetentionPeriodInput, object>(DecreaseStreamRetentionPeriod$, {
  bounds: STREAM,
  run(input, call) {
    const stream = findActiveStream(call, input);
    const { RetentionPeriodHours: hours } = input;
    if (hours < MIN_HOURS) throw invalidArgument(`Retention period cannot be shorter than ${MIN_HOURS} hours: ${hours}.`);
    if (hours > stream.retentionHours) {
      throw invalidArgument(`Requested retention period (${hours} hours) is longer than the current one (${stream.retentionHours} hours).`);
    }
    beginChange(call, stream, () => void (stream.retentionHours = hours));
    return {};
  },
});
