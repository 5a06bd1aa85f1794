import { ListStreams$, type ListStreamsInput, type ListStreamsOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { LIST_LIMIT, NEXT_TOKEN, STREAM_NAME } from "./bounds.ts";
import { streamNamed, streamsOf } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Stream } from "./stream-store.ts";

/** Source: the model's texts of the action and its members: 100 streams when no Limit is given. */
export const listStreams = defineOperation<ListStreamsInput, ListStreamsOutput>(ListStreams$, {
  bounds: { Limit: LIST_LIMIT, ExclusiveStartStreamName: STREAM_NAME, NextToken: NEXT_TOKEN },
  isPaged: true,
  run(input, call) {
    call.authorize("*");
    const { ExclusiveStartStreamName: after = "" } = input;
    const streams = [...streamsOf(call).byName.keys()].filter((name) => name > after).flatMap((name) => streamNamed(call, name) ?? []);
    const request = { list: `ListStreams ${after}`, token: input.NextToken, size: input.Limit ?? 100, keyOf: ({ name }: Stream) => [name] };
    const page = cutPage(call, streams, request, () => {
      throw invalidArgument("The NextToken is invalid.");
    });
    return {
      StreamNames: page.items.map(({ name }) => name),
      HasMoreStreams: page.nextToken !== undefined,
      NextToken: page.nextToken,
      StreamSummaries: page.items.map((stream) => ({
        StreamName: stream.name,
        StreamARN: stream.arn,
        StreamStatus: stream.status,
        StreamModeDetails: { StreamMode: stream.mode },
        StreamCreationTimestamp: stream.createdAt,
      })),
    };
  },
});
