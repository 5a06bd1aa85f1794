import { ListDeliveryStreams$, type ListDeliveryStreamsInput, type ListDeliveryStreamsOutput } from "@aws-sdk/client-firehose";
import { defineOperation } from "../../wire/operation.ts";
import { liveStreams, NAME, TYPE } from "./delivery-stream.ts";

/** Source: the model's texts of the action and its members: ten names when no Limit is given. */
export const listDeliveryStreams = defineOperation<ListDeliveryStreamsInput, ListDeliveryStreamsOutput>(ListDeliveryStreams$, {
  bounds: { Limit: { min: 1, max: 10_000 }, DeliveryStreamType: TYPE, ExclusiveStartDeliveryStreamName: NAME },
  run(input, call) {
    call.authorize("*");
    const { Limit: limit = 10, ExclusiveStartDeliveryStreamName: after = "", DeliveryStreamType: type } = input;
    const names = [...liveStreams(call).values()]
      .filter((stream) => stream.name > after && (type ?? stream.type) === stream.type)
      .map(({ name }) => name)
      .toSorted();
    return { DeliveryStreamNames: names.slice(0, limit), HasMoreDeliveryStreams: names.length > limit };
  },
});
