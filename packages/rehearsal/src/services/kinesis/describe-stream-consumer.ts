import { DescribeStreamConsumer$, type DescribeStreamConsumerInput, type DescribeStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { CONSUMER } from "./bounds.ts";
import { describeConsumer, findConsumer } from "./consumers.ts";

/** Source: the model's texts of the action and its members. */
export const describeStreamConsumer = defineOperation<DescribeStreamConsumerInput, DescribeStreamConsumerOutput>(DescribeStreamConsumer$, {
  bounds: CONSUMER,
  run(input, call) {
    const { stream, consumer } = findConsumer(call, input);
    return { ConsumerDescription: { ...describeConsumer(consumer), StreamARN: stream.arn } };
  },
});
