import { RemoveTagsFromStream$, type RemoveTagsFromStreamInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM, TAG_KEY } from "./bounds.ts";
import { findStream } from "./find-stream.ts";

/** Source: the model's texts of the action and its members: keys that are not there are passed over. */
export const removeTagsFromStream = defineOperation<RemoveTagsFromStreamInput, object>(RemoveTagsFromStream$, {
  bounds: { ...STREAM, TagKeys: { min: 1, max: 50, each: TAG_KEY } },
  run(input, call) {
    const { tags } = findStream(call, input);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
});
