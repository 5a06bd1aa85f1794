import type { SubscribeToShardEvent } from "@aws-sdk/client-kinesis";
import { childrenOf, fetchedOf } from "../service/answer.ts";
import type { Page } from "../loop/port.ts";

/** An event of a subscription as a page. `serverMs` is the service's clock, `token` what the next page is asked for with. */
export function pageOf(event: SubscribeToShardEvent, serverMs: number, token: string): Page {
  const { Records = [], ContinuationSequenceNumber: continuation, MillisBehindLatest: behindMs = 0, ChildShards: children = [] } = event;
  // The last event of a closed shard names the children and no number to go on from; either says that it is the last.
  const isLast = !continuation || children.length > 0;
  return {
    records: fetchedOf(Records, serverMs),
    continuation: continuation || undefined,
    next: isLast ? undefined : token,
    behindMs,
    serverMs,
    children: children.length === 0 ? undefined : childrenOf(children),
  };
}
