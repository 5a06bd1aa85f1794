import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import type { Call } from "../../wire/call.ts";
import { type DeliveryStream, findDeliveryStream, statusOf } from "./delivery-stream.ts";

/** A record: at most 1,000 KiB. Refusals of bytes never repeat them. */
export const RECORD: Bounds = { members: { Data: { max: 1_024_000, isSensitive: true } } };

/** The stream that records can be put into. Throws for one that does not take puts; the sentences are guesses. */
export function findOpenStream(call: Call, name: string): DeliveryStream {
  const stream = findDeliveryStream(call, name);
  if (stream.type !== "DirectPut") {
    throw new AwsError("InvalidArgumentException", `This operation is not permitted on ${stream.type} delivery stream ${name}.`);
  }
  const status = statusOf(stream, call.world.clock.now());
  if (status !== "ACTIVE") throw new AwsError("ResourceNotFoundException", `Firehose ${name} is ${status}, not ACTIVE.`);
  return stream;
}

/** Deliver a record and return its id. */
export function deliver(call: Call, { delivered }: DeliveryStream, data: Uint8Array): string {
  const recordId = call.world.random.text(224, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  delivered.push({ recordId, arrivedAt: call.world.clock.now(), data });
  return recordId;
}
