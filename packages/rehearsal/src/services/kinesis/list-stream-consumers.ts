import { ListStreamConsumers$, type ListStreamConsumersInput, type ListStreamConsumersOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { LIST_LIMIT, NEXT_TOKEN, STREAM_ARN, STREAM_ID } from "./bounds.ts";
import { describeConsumer } from "./consumers.ts";
import { findStream } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Consumer } from "./stream-store.ts";

/** Source: the model's texts of the action and its members. Its tokens do not expire here. */
export const listStreamConsumers = defineOperation<ListStreamConsumersInput, ListStreamConsumersOutput>(ListStreamConsumers$, {
  bounds: { StreamARN: STREAM_ARN, NextToken: NEXT_TOKEN, MaxResults: LIST_LIMIT, StreamId: STREAM_ID },
  isPaged: true,
  run(input, call) {
    const stream = findStream(call, input);
    const list = `ListStreamConsumers ${stream.name}`;
    const request = { list, token: input.NextToken, size: input.MaxResults ?? 100, keyOf: ({ name }: Consumer) => [name] };
    const page = cutPage(call, [...stream.consumers.values()], request, () => {
      throw invalidArgument("The NextToken is invalid.");
    });
    return { Consumers: page.items.map(describeConsumer), NextToken: page.nextToken };
  },
});
