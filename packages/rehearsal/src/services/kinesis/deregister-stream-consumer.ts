import { DeregisterStreamConsumer$, type DeregisterStreamConsumerInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { schedule } from "./agenda.ts";
import { CONSUMER } from "./bounds.ts";
import { findConsumer } from "./consumers.ts";
import { nowOf } from "./find-stream.ts";
import { CHANGE_MS } from "./resharding.ts";

/** Source: the model's texts of the action and its members. The consumer is DELETING for a while, and its subscriptions end when it is gone. */
export const deregisterStreamConsumer = defineOperation<DeregisterStreamConsumerInput, object>(DeregisterStreamConsumer$, {
  bounds: CONSUMER,
  run(input, call) {
    const { stream, consumer } = findConsumer(call, input);
    consumer.status = "DELETING";
    schedule(stream, nowOf(call) + CHANGE_MS, () => void stream.consumers.delete(consumer.name));
    return {};
  },
});
