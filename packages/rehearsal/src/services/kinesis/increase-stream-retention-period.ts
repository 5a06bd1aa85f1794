import { IncreaseStreamRetentionPeriod$, type IncreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { beginChange } from "./stream-change.ts";

/** The longest retention (the model's text: 8,760 hours, a year). */
const MAX_HOURS = 8760;

/** Source: the model's texts of the action and its members. The sentences are guesses. */
export const increaseStreamRetentionPeriod = defineOperation<IncreaseStreamRetentionPeriodInput, object>(IncreaseStreamRetentionPeriod$, {
  bounds: STREAM,
  run(input, call) {
    const stream = findActiveStream(call, input);
    const { RetentionPeriodHours: hours } = input;
    if (hours > MAX_HOURS) throw invalidArgument(`Retention period cannot be longer than ${MAX_HOURS} hours: ${hours}.`);
    if (hours < stream.retentionHours) {
      throw invalidArgument(
        `Requested retention period (${hours} hours) is shorter than the current one (${stream.retentionHours} hours).`,
      );
    }
    beginChange(call, stream, () => void (stream.retentionHours = hours));
    return {};
  },
});
