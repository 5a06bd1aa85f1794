import type { Option } from "@sukima/core";
import { shardId } from "./selection.ts";

/** Where reading begins without `-start`. */
export type From = "latest" | "horizon" | "checkpoint" | { readonly shard: string; readonly sequence: string };

/** `-from`. */
export const from: Option<From> = {
  takes: "value",
  initial: "latest",
  read(value = "") {
    if (value === "latest" || value === "horizon" || value === "checkpoint") return value;
    const [, shard, sequence] = /^seq:([^:]+):(\d+)$/.exec(value) ?? [];
    if (shard === undefined || sequence === undefined)
      throw new Error(`expected latest, horizon, checkpoint or seq:SHARD:NUMBER, got ${JSON.stringify(value)}`);
    return { shard: shardId(shard), sequence };
  },
  help: "where to begin without -start: with what comes, with the oldest record, where -checkpoint FILE ends, or with one record of one shard",
  placeholder: "latest|horizon|checkpoint|seq:SHARD:NUMBER",
  env: "twin",
};
