import { DeleteDeliveryStream$, type DeleteDeliveryStreamInput } from "@aws-sdk/client-firehose";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { CHANGE_MS, findDeliveryStream, NAME, statusOf } from "./delivery-stream.ts";

/** Source: the model's texts of the action and its members: a stream that is CREATING cannot be deleted. */
export const deleteDeliveryStream = defineOperation<DeleteDeliveryStreamInput, object>(DeleteDeliveryStream$, {
  bounds: { DeliveryStreamName: NAME },
  run(input, call) {
    const stream = findDeliveryStream(call, input.DeliveryStreamName);
    const now = call.world.clock.now();
    if (statusOf(stream, now) === "CREATING") {
      throw new AwsError("ResourceInUseException", `Firehose ${stream.name} under accountId ${call.world.account} is CREATING.`);
    }
    stream.goneAt ??= now.getTime() + CHANGE_MS;
    return {};
  },
});
