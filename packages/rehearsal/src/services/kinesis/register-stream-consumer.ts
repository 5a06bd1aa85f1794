import { RegisterStreamConsumer$, type RegisterStreamConsumerInput, type RegisterStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { schedule } from "./agenda.ts";
import { CONSUMER_NAME, STREAM_ARN, STREAM_ID, TAGS } from "./bounds.ts";
import { describeConsumer } from "./consumers.ts";
import { findStream, nowOf } from "./find-stream.ts";
import { CHANGE_MS } from "./resharding.ts";
import type { Consumer } from "./stream-store.ts";
import { refuseTags } from "./tags.ts";

/** Limits of one stream (the model's text of the action); the sentences are guesses. */
const MAX_CONSUMERS = 20;
const MAX_CREATING = 5;

/** Source: the model's texts of the action and its members. The ARN ends in the second of creation, as the Developer Guide shows it. Tags are checked and forgotten. */
export const registerStreamConsumer = defineOperation<RegisterStreamConsumerInput, RegisterStreamConsumerOutput>(RegisterStreamConsumer$, {
  bounds: { StreamARN: STREAM_ARN, ConsumerName: CONSUMER_NAME, StreamId: STREAM_ID, Tags: TAGS },
  run(input, call) {
    const stream = findStream(call, input);
    const { ConsumerName: name } = input;
    const { account } = call.world;
    const consumers = [...stream.consumers.values()];
    if (stream.consumers.has(name)) {
      throw new AwsError("ResourceInUseException", `Consumer ${name}, Stream ${stream.name} under account ${account} already exists.`);
    }
    if (consumers.length >= MAX_CONSUMERS) {
      throw new AwsError(
        "LimitExceededException",
        `Stream ${stream.name} under account ${account} has ${MAX_CONSUMERS} consumers already.`,
      );
    }
    if (consumers.filter(({ status }) => status === "CREATING").length >= MAX_CREATING) {
      throw new AwsError(
        "LimitExceededException",
        `Stream ${stream.name} under account ${account} has ${MAX_CREATING} consumers in CREATING.`,
      );
    }
    refuseTags(call, "consumer", name, Object.keys(input.Tags ?? {}));
    const createdAt = call.world.clock.now();
    const consumer: Consumer = {
      name,
      arn: `${stream.arn}/consumer/${name}:${Math.floor(createdAt.getTime() / 1000)}`,
      createdAt,
      status: "CREATING",
      subscriptions: new Map(),
    };
    stream.consumers.set(name, consumer);
    schedule(stream, nowOf(call) + CHANGE_MS, () => {
      if (consumer.status === "CREATING") consumer.status = "ACTIVE";
    });
    return { Consumer: describeConsumer(consumer) };
  },
});
