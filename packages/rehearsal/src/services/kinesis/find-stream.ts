import { placeOf } from "../../region.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { settle } from "./agenda.ts";
import { invalidArgument, shardNotFound, streamNotFound } from "./kinesis-errors.ts";
import { readShardId } from "./shard-id.ts";
import type { Shard, Stream, StreamStore } from "./stream-store.ts";

/** How requests name a stream: by name, by ARN, or by both. */
interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

export const nowOf = (call: Call): number => call.world.clock.now().getTime();

export const streamsOf = (call: Call): StreamStore => call.world.region(call.region).streams;

export function streamArn(call: Call, name: string): string {
  const { partition, region, account } = placeOf(call.region, call.world.account);
  return `arn:${partition}:kinesis:${region}:${account}:stream/${name}`;
}

/** The stream that a request names, brought up to now, once the caller may do `action` (the called one) to it. */
export function findStream(call: Call, reference: StreamReference): Stream {
  const name = nameIn(call, reference);
  call.authorize(streamArn(call, name));
  const stream = streamNamed(call, name);
  if (stream === undefined) throw streamNotFound(call, name);
  return stream;
}

/** A stream by name, brought up to now. */
export function streamNamed(call: Call, name: string): Stream | undefined {
  const { byName } = streamsOf(call);
  const stream = byName.get(name);
  if (stream !== undefined) settle(stream, nowOf(call));
  // Its deletion may just have become due.
  return byName.get(name);
}

function nameIn(call: Call, { StreamName: name, StreamARN: arn }: StreamReference): string {
  if (arn === undefined) {
    if (name === undefined) throw invalidArgument("Either StreamName or StreamARN should be provided.");
    return name;
  }
  const named = arn.slice(arn.indexOf("/") + 1);
  if (name !== undefined && name !== named) throw invalidArgument("StreamARN and StreamName do not name the same stream.");
  // Streams of other accounts need a resource policy, and resource policies are not played.
  if (arn !== streamArn(call, named)) throw new AwsError("ResourceNotFoundException", `Stream ${arn} not found.`);
  return named;
}

/** Refuse a stream of another birth: a timestamp tells streams of the same name apart, and has whole seconds only in some clients. */
export function refuseOtherBirth(call: Call, { name, createdAt }: Stream, wanted: Date | undefined): void {
  if (wanted !== undefined && Math.abs(wanted.getTime() - createdAt.getTime()) >= 1000) throw streamNotFound(call, name);
}

/** The stream as `findStream` has it, which must be ACTIVE: what changes a stream works on one that nothing else changes. */
export function findActiveStream(call: Call, reference: StreamReference): Stream {
  const stream = findStream(call, reference);
  refuseUnlessActive(call, stream);
  return stream;
}

export function refuseUnlessActive(call: Call, { name, status }: Stream): void {
  if (status === "ACTIVE") return;
  throw new AwsError("ResourceInUseException", `Stream ${name} under account ${call.world.account} not ACTIVE, instead in state ${status}`);
}

export function findShard(stream: Stream, text: string): Shard {
  const id = readShardId(text);
  const shard = stream.shards.find((candidate) => candidate.id === id);
  if (shard === undefined) throw shardNotFound(stream, id);
  return shard;
}

/** Records go into streams that are ACTIVE or UPDATING (model texts of SplitShard and UpdateShardCount). */
export function refuseWrites(call: Call, stream: Stream): void {
  if (stream.status !== "UPDATING") refuseUnlessActive(call, stream);
}
