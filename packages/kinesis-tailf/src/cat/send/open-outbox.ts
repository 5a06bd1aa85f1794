import type { Context } from "@sukima/core";
import { Groups } from "../aggregate/groups.ts";
import { ShardMap } from "../aggregate/shard-map.ts";
import type { Limits } from "../destination.ts";
import type { CatOptions } from "../options.ts";
import type { Entry } from "./entry.ts";
import { Outbox } from "./outbox.ts";
import type { ListShards } from "./port.ts";
import { SendQueue } from "./queue.ts";

/** How long records wait for others to fill a packed record or a request. */
const lingerMs = 100;

/** An empty outbox by the flags. Asks for the shards where records are packed. */
export async function openOutbox(
  options: Pick<CatOptions, "aggregate" | "aggregate-size" | "ordered">,
  limits: Limits,
  list: ListShards,
  weigh: (entry: Entry) => number,
  { signal }: Context,
): Promise<Outbox> {
  const { aggregate, "aggregate-size": limitBytes = 51_200, ordered: isOrdered } = options;
  const queue = new SendQueue({ records: limits.requestRecords, bytes: limits.requestBytes, lingerMs, weigh });
  const groups = aggregate ? new Groups(new ShardMap(await list(signal)), { limitBytes, lingerMs, isOrdered }) : undefined;
  return new Outbox(queue, groups, isOrdered);
}
