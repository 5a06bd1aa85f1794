import type { Place } from "../../region.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { InputError } from "../../world/input-error.ts";
import { readMoment } from "../../world/moment.ts";
import { schedule } from "./agenda.ts";
import { DEFAULT_RECORD_KIB, makeStream, ON_DEMAND_SHARDS } from "./make-stream.ts";
import { append, type NewRecord, refuseRecord, shardFor } from "./record-writing.ts";
import { merge, planMerge, planSplit, rescale, split } from "./resharding.ts";
import type { StreamSeed } from "./stream-schema.ts";
import type { Stream, StreamStore } from "./stream-store.ts";

/** Streams of the world file exist for a day before the world starts, so that their records have a past to lie in. */
const AGE_MS = 86_400_000;

interface Step {
  readonly place: string;
  readonly at: number;
  take(stream: Stream, at: number): void;
}

/** Put the world file's streams into a region's store. Throws an InputError for a script that cannot be played. */
export function seedStreams(store: StreamStore, seeds: Readonly<Record<string, StreamSeed>>, place: Place, now: number): void {
  const { partition, region, account } = place;
  for (const [name, seed] of Object.entries(seeds)) {
    const steps = readSteps(name, seed, now);
    const make = (): Stream => {
      const oldest = steps.reduce((least, { at }) => Math.min(least, at), now - AGE_MS);
      const stream = makeStream({
        name,
        arn: `arn:${partition}:kinesis:${region}:${account}:stream/${name}`,
        createdAt: new Date(oldest),
        shards: seed.shards ?? (seed.mode === "on-demand" ? ON_DEMAND_SHARDS : 1),
        mode: seed.mode === "on-demand" ? "ON_DEMAND" : "PROVISIONED",
        distribution: seed.distribution === "auto" ? "AUTO" : "USER_PARTITION_KEY",
        maxRecordKiB: seed.maxRecordKiB ?? DEFAULT_RECORD_KIB,
        tags: seed.tags,
      });
      stream.retentionHours = seed.retentionHours;
      stream.keyId = seed.encryption;
      stream.hasLimits = seed.limits === "on";
      return stream;
    };
    rehearse(make(), steps);
    const stream = make();
    for (const { at, take } of steps) {
      schedule(stream, at, () => {
        try {
          take(stream, at);
        } catch (error) {
          // What the API did in the meantime may have taken the step's shard away; then the step is void.
          if (!(error instanceof AwsError)) throw error;
        }
      });
    }
    store.byName.set(name, stream);
  }
}

/** Play a script on a stream of its own, so that a step that cannot be is heard of at once. */
function rehearse(stream: Stream, steps: readonly Step[]): void {
  for (const { place, at, take } of steps) {
    try {
      take(stream, at);
    } catch (error) {
      throw error instanceof AwsError ? new InputError(`${place}: ${error.message}`) : error;
    }
  }
}

/** Everything that a seed lets happen, in order of time. */
function readSteps(name: string, { records, script }: StreamSeed, start: number): Step[] {
  const puts = records.map(({ key, data, dataBase64, at, ehk }, index): Step => {
    const bytes = dataBase64 === undefined ? Buffer.from(data ?? "") : Buffer.from(dataBase64, "base64");
    const record: NewRecord = { data: new Uint8Array(bytes), key, explicitHashKey: ehk };
    return {
      place: `streams.${name}.records[${index}]`,
      at: readMoment(at, start),
      take(stream, when) {
        refuseRecord(stream, record, "The record");
        append(stream, shardFor(stream, record), record, when);
      },
    };
  });
  const changes = script.map((step, index): Step => ({
    place: `streams.${name}.script[${index}]`,
    at: readMoment(step.at, start),
    take: (stream, when) => play(stream, step, when),
  }));
  return [...puts, ...changes].toSorted((a, b) => a.at - b.at);
}

function play(stream: Stream, step: StreamSeed["script"][number], at: number): void {
  if ("split" in step) {
    const plan = planSplit(stream, step.split, step.hashKey === undefined ? undefined : BigInt(step.hashKey));
    split(stream, plan.shard, plan.hashKey, at);
  } else if ("merge" in step) {
    const plan = planMerge(stream, ...lowerFirst(stream, step.merge));
    merge(stream, plan.shard, plan.adjacent, at);
  } else {
    rescale(stream, step.count, at);
  }
}

/** A script may name the two shards of a merge in either order. */
function lowerFirst({ shards }: Stream, [one, other]: readonly [string, string]): readonly [string, string] {
  const startOf = (wanted: string): bigint => shards.find(({ id }) => id === wanted)?.range.start ?? 0n;
  return startOf(one) <= startOf(other) ? [one, other] : [other, one];
}
