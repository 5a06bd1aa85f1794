import type { DeliveryStreamStatus, DeliveryStreamType, DestinationDescription } from "@aws-sdk/client-firehose";
import { placeOf } from "../../region.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import type { Call } from "../../wire/call.ts";

/** A record that a stream has taken: in this world it is delivered at once, into a list. */
interface DeliveredRecord {
  readonly recordId: string;
  readonly arrivedAt: Date;
  readonly data: Uint8Array;
}

export interface DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly type: DeliveryStreamType;
  readonly createdAt: Date;
  readonly destination: DestinationDescription;
  /** When the stream stops CREATING. */
  readonly activeAt: number;
  /** When a stream that is DELETING is gone. */
  goneAt: number | undefined;
  readonly delivered: DeliveredRecord[];
}

/** The delivery streams of one region, by name. */
export interface DeliveryStore {
  readonly byName: Map<string, DeliveryStream>;
}

export const createDeliveryStore = (): DeliveryStore => ({ byName: new Map() });

/** How long a stream is CREATING or DELETING, in milliseconds of the world's clock. */
export const CHANGE_MS = 500;

export const NAME: Bounds = { min: 1, max: 64, pattern: "[a-zA-Z0-9_.-]+" };

/** The types of the service's model. */
export const TYPE: Bounds = { oneOf: ["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"] };

export function deliveryArn(call: Call, name: string): string {
  const { partition, region, account } = placeOf(call.region, call.world.account);
  return `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
}

export function statusOf({ activeAt, goneAt }: DeliveryStream, now: Date): DeliveryStreamStatus {
  if (goneAt !== undefined) return "DELETING";
  return now.getTime() < activeAt ? "CREATING" : "ACTIVE";
}

/** The streams that exist now; those whose deletion is over go away first. */
export function liveStreams(call: Call): Map<string, DeliveryStream> {
  const { byName } = call.world.region(call.region).deliveryStreams;
  const now = call.world.clock.now().getTime();
  for (const { name, goneAt } of byName.values()) {
    if (goneAt !== undefined && goneAt <= now) byName.delete(name);
  }
  return byName;
}

/** The stream of a name, once the caller may do the called action to it. The sentence is the service's, as users report it. */
export function findDeliveryStream(call: Call, name: string): DeliveryStream {
  call.authorize(deliveryArn(call, name));
  const stream = liveStreams(call).get(name);
  if (stream === undefined) {
    throw new AwsError("ResourceNotFoundException", `Firehose ${name} under accountId ${call.world.account} not found.`);
  }
  return stream;
}
