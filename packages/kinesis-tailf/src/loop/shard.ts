import type { Trouble } from "./port.ts";
import { lateRun, type Range, slackMs } from "./range.ts";

/** Where reading of a shard goes on. */
export type Position =
  | { readonly at: "horizon" }
  | { readonly at: "time"; readonly ms: number }
  /** With this record, or behind it. */
  | { readonly at: "sequence" | "after"; readonly sequence: string };

/** One shard as the tail sees it. `reading` has work to do; the other phases have none left, or none yet. */
export interface Shard {
  readonly id: string;
  readonly parents: readonly string[];
  readonly phase: "waiting-for-parents" | "reading" | "drained" | "failed";
  readonly position: Position;
  /** Undefined while a new one has to be asked for. */
  readonly iterator: string | undefined;
  /** Server time of the last answer less its lag: everything before has been read. */
  readonly positionTimeMs: number | undefined;
  /** Records in a row that arrived after the end of the range. */
  readonly late: number;
  /** Empty answers in a row at the tip of the shard. */
  readonly idle: number;
  /** Failures in a row. */
  readonly failures: number;
}

/** What a call for a shard came to. */
export type ShardEvent =
  | { readonly kind: "iterator"; readonly iterator: string }
  | {
      readonly kind: "page";
      readonly next: string | undefined;
      readonly behindMs: number;
      /** The service's own clock when it answered. */
      readonly serverMs: number;
      readonly lastSequence: string | undefined;
      readonly arrivals: ArrayLike<number>;
    }
  | { readonly kind: Trouble["kind"] };

/** How soon the next call for a shard may start, besides its budget. */
interface Pause {
  readonly ms: number;
}

export interface Step {
  readonly shard: Shard;
  readonly pause: Pause;
  /** Records between the last position and this one are lost to retention. */
  readonly gap: boolean;
}

export const newShard = (id: string, parents: readonly string[], position: Position): Shard => ({
  id,
  parents,
  phase: "waiting-for-parents",
  position,
  iterator: undefined,
  positionTimeMs: undefined,
  late: 0,
  idle: 0,
  failures: 0,
});

const idleBaseMs = 250;
const retryBaseMs = 200;
const retryCapMs = 10_000;

/** At the tip: 250 ms, growing by a quarter with each empty answer to `maxMs`, so that a stream with a record a second is asked all the time. */
const idlePauseMs = (idle: number, maxMs: number): number => Math.min(maxMs, idleBaseMs * 1.25 ** Math.min(idle - 1, 20));

const keep = (shard: Shard, pauseMs = 0): Step => ({ shard, pause: { ms: pauseMs }, gap: false });

/** The range is complete in this shard: its position is past the end, or so many records came late that no earlier one will follow. */
export const isPastEnd = ({ positionTimeMs, late }: Pick<Shard, "positionTimeMs" | "late">, { endMs }: Range): boolean =>
  endMs !== undefined && ((positionTimeMs !== undefined && positionTimeMs > endMs + slackMs) || late >= lateRun);

/**
 * What a shard becomes after a call. Pure.
 * `maxIdleMs` bounds the pause at the tip, `random` (0 to 1) spreads retries.
 */
export function nextShard(shard: Shard, event: ShardEvent, range: Range, maxIdleMs: number, random: number): Step {
  switch (event.kind) {
    case "iterator":
      return keep({ ...shard, iterator: event.iterator, failures: 0 });
    case "page":
      return afterPage(shard, event, range, maxIdleMs);
    case "expired":
      return keep({ ...shard, iterator: undefined, position: resumeAt(shard) });
    case "trimmed":
      return { shard: { ...shard, iterator: undefined, position: { at: "horizon" } }, pause: { ms: 0 }, gap: true };
    case "throttled":
    case "transient":
    case "unsigned": {
      const failures = shard.failures + 1;
      return keep({ ...shard, failures }, random * Math.min(retryCapMs, retryBaseMs * 2 ** Math.min(failures - 1, 10)));
    }
    case "gone":
      return keep({ ...shard, phase: "drained", iterator: undefined });
    case "refused":
      return keep({ ...shard, phase: "failed", iterator: undefined });
    default:
      return event satisfies never;
  }
}

/** An expired iterator is replaced behind the last record that was read; before the first one, by the time up to which nothing was there. */
function resumeAt({ position, positionTimeMs }: Shard): Position {
  return position.at === "after" || positionTimeMs === undefined ? position : { at: "time", ms: positionTimeMs };
}

function afterPage(shard: Shard, page: Extract<ShardEvent, { kind: "page" }>, range: Range, maxIdleMs: number): Step {
  const positionTimeMs = page.serverMs - page.behindMs;
  const empty = page.arrivals.length === 0;
  const atTip = empty && page.behindMs === 0;
  const idle = atTip ? shard.idle + 1 : 0;
  const next: Shard = {
    ...shard,
    iterator: page.next,
    position: page.lastSequence === undefined ? shard.position : { at: "after", sequence: page.lastSequence },
    positionTimeMs,
    late: countLate(shard.late, page.arrivals, range),
    idle,
    failures: 0,
  };
  const done = page.next === undefined || isPastEnd(next, range) || (range.toTip === true && page.behindMs === 0);
  return keep(done ? { ...next, phase: "drained" } : next, atTip && !done ? idlePauseMs(idle, maxIdleMs) : 0);
}

function countLate(late: number, arrivals: ArrayLike<number>, { endMs }: Range): number {
  if (endMs === undefined) return 0;
  let run = late;
  for (let at = 0; at < arrivals.length; at++) run = (arrivals[at] ?? 0) > endMs ? run + 1 : 0;
  return run;
}
