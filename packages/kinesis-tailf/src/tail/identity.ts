import { ToolError } from "@sukima/core";
import type { StreamTraits } from "../service/describe.ts";

/** The stream's traits for a flag that cannot do without them. Throws `ToolError` ACCESS_DENIED where the caller may not ask. */
export function identified(traits: StreamTraits | undefined, flag: string, stream: string): StreamTraits {
  if (traits !== undefined) return traits;
  throw new ToolError("ACCESS_DENIED", `${flag} needs to know the stream ${stream}, and may not ask`, {
    hint: `allow kinesis:DescribeStreamSummary on ${stream}`,
  });
}

/** Throws `ToolError` STREAM_GONE when the stream is gone, or is another one of the same name. Trouble on the way to the answer is none here. */
export async function checkIdentity(
  stream: string,
  before: StreamTraits | undefined,
  describe: () => Promise<StreamTraits | undefined>,
): Promise<void> {
  const now = await describe().catch((error: unknown) => {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && cause.name === "ResourceNotFoundException")
      throw new ToolError("STREAM_GONE", `the stream ${stream} was deleted`, { cause });
    return undefined;
  });
  if (before !== undefined && now !== undefined && now.createdMs !== before.createdMs)
    throw new ToolError("STREAM_GONE", `the stream ${stream} was deleted, and another one of this name was made`, {
      hint: "start again to read the new one",
    });
}
