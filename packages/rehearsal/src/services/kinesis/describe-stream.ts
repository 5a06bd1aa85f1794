import { DescribeStream$, type DescribeStreamInput, type DescribeStreamOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { LIST_LIMIT, SHARD_ID, STREAM } from "./bounds.ts";
import { describeSettings } from "./describe-stream-summary.ts";
import { findStream } from "./find-stream.ts";
import { readShardId } from "./shard-id.ts";
import { describeShard } from "./shards.ts";

/** The most shards of one answer, and the default (the model's text of Limit: 100 when absent, at most 100 come back). */
const PAGE = 100;

/** Source: the model's texts of the action and its members. */
export const describeStream = defineOperation<DescribeStreamInput, DescribeStreamOutput>(DescribeStream$, {
  bounds: { ...STREAM, Limit: LIST_LIMIT, ExclusiveStartShardId: SHARD_ID },
  run(input, call) {
    const stream = findStream(call, input);
    const after = readShardId(input.ExclusiveStartShardId ?? "");
    const rest = stream.shards.filter(({ id }) => id > after);
    const size = Math.min(input.Limit ?? PAGE, PAGE);
    return {
      StreamDescription: {
        ...describeSettings(stream),
        Shards: rest.slice(0, size).map(describeShard),
        HasMoreShards: rest.length > size,
      },
    };
  },
});
