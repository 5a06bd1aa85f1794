import { AddTagsToStream$, type AddTagsToStreamInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM, TAGS } from "./bounds.ts";
import { findStream } from "./find-stream.ts";
import { addTags } from "./tags.ts";

/** Source: the model's texts of the action and its members. */
export const addTagsToStream = defineOperation<AddTagsToStreamInput, object>(AddTagsToStream$, {
  bounds: { ...STREAM, Tags: TAGS },
  run(input, call) {
    addTags(call, findStream(call, input), input.Tags);
    return {};
  },
});
