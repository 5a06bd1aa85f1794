import type { Stream } from "./stream-store.ts";

/** Let something happen to a stream at a time of the world's clock (milliseconds); what is due at the same time keeps its order. */
export function schedule({ agenda }: Stream, at: number, keep: (at: number) => void): void {
  agenda.splice(agenda.findLastIndex((appointment) => appointment.at <= at) + 1, 0, { at, keep });
}

/**
 * Bring a stream up to the world's time. Nothing here runs on timers, so a stream is settled whenever somebody looks at it:
 * each thing that was due happens at its own time, then retention takes records, and closed shards that it has emptied.
 */
export function settle(stream: Stream, now: number): void {
  const later = stream.agenda.findIndex(({ at }) => at > now);
  const due = stream.agenda.splice(0, later < 0 ? stream.agenda.length : later);
  for (const { at, keep } of due) keep(at);
  trim(stream, horizonOf(stream, now));
}

/** The oldest arrival that retention leaves. */
export const horizonOf = ({ retentionHours }: Stream, now: number): number => now - retentionHours * 3_600_000;

function trim({ shards }: Stream, horizon: number): void {
  for (const shard of shards) {
    const kept = shard.records.findIndex(({ arrivedAt }) => arrivedAt >= horizon);
    const count = kept < 0 ? shard.records.length : kept;
    shard.records.splice(0, count);
    shard.trimmedCount += count;
  }
  const gone = shards.filter(({ closedAt = horizon }) => closedAt < horizon);
  for (const shard of gone) shards.splice(shards.indexOf(shard), 1);
}
