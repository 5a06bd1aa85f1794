import { DeleteStream$, type DeleteStreamInput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { schedule } from "./agenda.ts";
import { STREAM } from "./bounds.ts";
import { findStream, nowOf, streamsOf } from "./find-stream.ts";
import { CHANGE_MS } from "./resharding.ts";

/** Source: the model's texts of the action and its members. What was still to happen to the stream no longer happens. */
export const deleteStream = defineOperation<DeleteStreamInput, object>(DeleteStream$, {
  bounds: STREAM,
  run(input, call) {
    const stream = findStream(call, input);
    if (stream.consumers.size > 0 && input.EnforceConsumerDeletion !== true) {
      throw new AwsError(
        "ResourceInUseException",
        `Stream ${stream.name} under account ${call.world.account} still has consumers registered. Use EnforceConsumerDeletion.`,
      );
    }
    if (stream.status === "DELETING") return {};
    const { byName } = streamsOf(call);
    stream.status = "DELETING";
    stream.consumers.clear();
    stream.agenda.splice(0);
    schedule(stream, nowOf(call) + CHANGE_MS, () => void byName.delete(stream.name));
    return {};
  },
});
