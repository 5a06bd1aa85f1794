import { usageError } from "@sukima/core";
import { parseInstant } from "../time/parse-instant.ts";
import type { From } from "./from.ts";
import type { TailOptions } from "./options.ts";
import type { ShardFilter } from "../loop/port.ts";
import type { Range } from "../loop/range.ts";
import { hashOfKey, type Selection, shardId } from "./selection.ts";
import type { Position } from "../loop/shard.ts";

/** What the options ask for, with the service's clock as "now". */
export interface Wanted {
  readonly range: Range;
  readonly roots: Position;
  readonly filter: ShardFilter;
  readonly selection: Selection;
  /** What the user should know about how times were read. */
  readonly notices: readonly string[];
}

/** The Date header, by which the service's clock is known, counts whole seconds: "now" is up to so much later. */
export const dateGrainMs = 1000;

/** A second before now, for clocks of shards differ; older records are dropped by the range. */
const marginMs = 1000;

/** Read times and shards. Pure. Throws a usage error for a time that is none, and for contradictions. */
export function wantedOf(options: TailOptions, nowMs: number, localZone: string): Wanted {
  const { start, end, from, follow, tz } = options;
  const zone = tz ?? localZone;
  const now = new Date(nowMs);
  if (start !== undefined && from !== "latest") throw usageError("CONTRADICTION", "-start and -from both say where to begin");
  const first = start === undefined ? undefined : parseInstant(start, { now, zone, role: "start" });
  const last =
    end === undefined ? undefined : parseInstant(end, { now, zone, role: "end", ...(first === undefined ? {} : { start: first.at }) });
  const fromStart = first?.at.getTime();
  const startMs = fromStart ?? (from !== "latest" || end !== undefined ? undefined : nowMs);
  const endsNow = last === undefined ? !follow : last.isNow === true;
  const endMs = endsNow ? nowMs + dateGrainMs : last?.at.getTime();
  const notices = [first?.notice, last?.notice].flatMap((notice) => notice ?? []);
  return {
    range: { startMs, endMs, toTip: last === undefined && !follow },
    // A start within the second of "now" may be ahead of it; the service refuses what is still to come.
    ...placesOf(from, startMs, fromStart === undefined ? undefined : Math.min(fromStart, nowMs)),
    selection: selectionOf(options),
    notices,
  };
}

function placesOf(from: From, startMs: number | undefined, given: number | undefined): Pick<Wanted, "roots" | "filter"> {
  if (typeof from === "object") return { roots: { at: "sequence", sequence: from.sequence }, filter: { kind: "horizon" } };
  if (startMs === undefined) return { roots: { at: "horizon" }, filter: { kind: "horizon" } };
  if (given !== undefined) return { roots: { at: "time", ms: given }, filter: { kind: "from", ms: given } };
  // Not LATEST: that is another moment for each shard, and a reshard in between would lose records.
  return { roots: { at: "time", ms: startMs - marginMs }, filter: { kind: "latest" } };
}

function selectionOf({ from, "shard-key": key, "shard-id": ids, "no-children": alone }: TailOptions): Selection {
  if (typeof from === "object") {
    if (key !== undefined || ids.length > 0)
      throw usageError("CONTRADICTION", "-from seq names its shard; leave -shard-key and -shard-id out");
    return { by: "id", ids: new Set([from.shard]), children: !alone };
  }
  if (key !== undefined && ids.length > 0) throw usageError("CONTRADICTION", "-shard-key and -shard-id both choose shards");
  if (key !== undefined) return { by: "key", hash: hashOfKey(key) };
  return ids.length === 0 ? { by: "all" } : { by: "id", ids: new Set(ids.map(shardId)), children: !alone };
}
