import { ListStreamConsumers$, type ListStreamConsumersInput, type ListStreamConsumersOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { LIST_LIMIT, NEXT_TOKEN, STREAM_ARN, STREAM_ID } from "./bounds.ts";
import { describeConsumer } from "./consumers.ts";
import { findStream, refuseOtherBirth } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Consumer } from "./stream-store.ts";

/** Source: the model's texts of the action and its members. Its tokens do not expire here. The sentence about its timestamp is a guess. */
export const listStreamConsumers = defineOperation<ListStreamConsumersInput, ListStreamConsumersOutput>(ListStreamConsumers$, {
  bounds: { StreamARN: STREAM_ARN, NextToken: NEXT_TOKEN, MaxResults: LIST_LIMIT, StreamId: STREAM_ID },
  isPaged: true,
  run(input, call) {
    const { NextToken: token, StreamCreationTimestamp: createdAt } = input;
    if (token !== undefined && createdAt !== undefined) {
      throw invalidArgument("NextToken and StreamCreationTimestamp cannot be provided together.");
    }
    const stream = findStream(call, input);
    refuseOtherBirth(call, stream, createdAt);
    const list = `ListStreamConsumers ${stream.name}`;
    const request = { list, token, size: input.MaxResults ?? 100, keyOf: ({ name }: Consumer) => [name] };
    const page = cutPage(call, [...stream.consumers.values()], request, () => {
      throw invalidArgument("The NextToken is invalid.");
    });
    return { Consumers: page.items.map(describeConsumer), NextToken: page.nextToken };
  },
});
