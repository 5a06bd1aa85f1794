import { UpdateStreamRecordDistributionStrategy$, type UpdateStreamRecordDistributionStrategyInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { DISTRIBUTION, STREAM_ARN, STREAM_ID } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { refuseAutoUnlessOnDemand } from "./kinesis-errors.ts";

/** Source: the model's texts of the action and its members: the change takes effect at once. */
export const updateStreamRecordDistributionStrategy = defineOperation<UpdateStreamRecordDistributionStrategyInput, object>(
  UpdateStreamRecordDistributionStrategy$,
  {
    bounds: { StreamARN: STREAM_ARN, StreamId: STREAM_ID, RecordDistributionStrategy: DISTRIBUTION },
    run(input, call) {
      const stream = findActiveStream(call, input);
      refuseAutoUnlessOnDemand(stream.mode, input.RecordDistributionStrategy);
      stream.distribution = input.RecordDistributionStrategy;
      return {};
    },
  },
);
