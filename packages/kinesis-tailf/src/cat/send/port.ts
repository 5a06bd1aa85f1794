import type { Entry } from "./entry.ts";

/** What became of one entry. `shard` is where it stands now. */
export type Outcome =
  | { readonly kind: "arrived"; readonly shard?: string | undefined }
  | { readonly kind: "throttled" }
  | { readonly kind: "failed"; readonly code: string }
  /** Trying again cannot help: `error` ends the run. */
  | { readonly kind: "refused"; readonly error: unknown };

/** What became of an entry that has not arrived. */
export type Refusal = Exclude<Outcome, { readonly kind: "arrived" }>;

/** Where records go. An outcome for each entry, in their order; never rejects, so that what has arrived is known even when something else went wrong. */
export interface SendPort {
  send(batch: readonly Entry[], signal: AbortSignal): Promise<readonly Outcome[]>;
}

/** An open shard and the hashes that it takes, both ends included. */
export interface ShardRange {
  readonly shard: string;
  readonly from: bigint;
  readonly to: bigint;
}

/** The open shards. Rejects with a `ToolError`. */
export type ListShards = (signal: AbortSignal) => Promise<readonly ShardRange[]>;
