import { ListTagsForStream$, type ListTagsForStreamInput, type ListTagsForStreamOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM, TAG_KEY } from "./bounds.ts";
import { findStream } from "./find-stream.ts";
import { listTags } from "./tags.ts";

/** Source: the model's texts of the action and its members. */
export const listTagsForStream = defineOperation<ListTagsForStreamInput, ListTagsForStreamOutput>(ListTagsForStream$, {
  bounds: { ...STREAM, ExclusiveStartTagKey: TAG_KEY, Limit: { min: 1, max: 50 } },
  run(input, call) {
    const { ExclusiveStartTagKey: after = "", Limit: limit = 50 } = input;
    const rest = listTags(findStream(call, input)).filter(({ Key }) => Key > after);
    return { Tags: rest.slice(0, limit), HasMoreTags: rest.length > limit };
  },
});
