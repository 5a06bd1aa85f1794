import { ListStreamConsumers$, type ListStreamConsumersInput, type ListStreamConsumersOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { LIST_LIMIT, NEXT_TOKEN, STREAM_ARN, STREAM_ID } from "./bounds.ts";
import { describeConsumer } from "./consumers.ts";
import { findStream } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";

/** Source: the model's texts of the action and its members. Its tokens do not expire here. */
export const listStreamConsumers = defineOperation<ListStreamConsumersInput, ListStreamConsumersOutput>(ListStreamConsumers$, {
  bounds: { StreamARN: STREAM_ARN, NextToken: NEXT_TOKEN, MaxResults: LIST_LIMIT, StreamId: STREAM_ID },
  isPaged: true,
  run(input, call) {
    const stream = findStream(call, input);
    const consumers = [...stream.consumers.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const request = { list: `ListStreamConsumers ${stream.name}`, token: input.NextToken, size: input.MaxResults ?? 100 };
    const page = cutPage(call, consumers, request, () => {
      throw invalidArgument("The NextToken is invalid.");
    });
    return { Consumers: page.items.map(describeConsumer), NextToken: page.nextToken };
  },
});
