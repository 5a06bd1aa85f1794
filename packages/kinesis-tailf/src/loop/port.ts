import type { RecordBatch } from "./batch.ts";
import type { ListedShard } from "./lineage.ts";
import type { Position } from "./shard.ts";

export interface Page {
  readonly records: RecordBatch;
  /** Where reading goes on after this page when that is not behind its last record (SubscribeToShard's ContinuationSequenceNumber). */
  readonly continuation?: string | undefined;
  /** Undefined at the end of a closed shard. */
  readonly next: string | undefined;
  readonly behindMs: number;
  /** The service's clock when it answered, by its Date header. */
  readonly serverMs: number;
  /** The shards that follow a closed one; undefined where the service does not say (emulators). */
  readonly children: readonly ListedShard[] | undefined;
  /** To be called when nobody looks at the records any more: their memory serves the next page. */
  readonly release?: () => void;
}

/** Which shards a listing is to give. */
export type ShardFilter =
  | { readonly kind: "latest" | "horizon" }
  | { readonly kind: "from"; readonly ms: number }
  | { readonly kind: "after"; readonly shard: string };

/** The stream as the tail needs it. Every call is one attempt: it rejects with `Trouble` or, for what nobody can mend, with `ToolError`. */
export interface StreamPort {
  /** The service sends pages when they are there (enhanced fan-out): `records` waits for the next one, and nobody paces it. */
  readonly pushes?: boolean;
  /** The service's clock, in milliseconds. */
  serverMs(signal: AbortSignal): Promise<number>;
  list(filter: ShardFilter, signal: AbortSignal): Promise<ListedShard[]>;
  iterator(shard: string, position: Position, signal: AbortSignal): Promise<string>;
  records(iterator: string, limit: number, signal: AbortSignal): Promise<Page>;
  /** Let go of what an iterator holds open: its shard is not read any more. */
  release?(iterator: string): void;
}

/** A failed call that the reading loop knows how to go on after. */
export class Trouble extends Error {
  readonly kind: "expired" | "trimmed" | "throttled" | "transient" | "unsigned" | "gone" | "refused";

  constructor(kind: Trouble["kind"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
