import type { AccessList } from "../access.ts";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { DeliveryStore } from "../services/firehose/delivery-stream.ts";
import type { StreamStore } from "../services/kinesis/stream-store.ts";
import type { KeyRing } from "../services/kms/key-ring.ts";
import type { SecretStore } from "../services/secrets-manager/secret-store.ts";
import type { ParameterStore } from "../services/ssm/parameter-store.ts";
import type { SessionStore } from "../services/sts/session-store.ts";

/** What exists in one region. Regions share nothing, as in AWS. */
export interface Region {
  readonly parameters: ParameterStore;
  readonly secrets: SecretStore;
  readonly streams: StreamStore;
  readonly deliveryStreams: DeliveryStore;
}

/** Everything that exists: what actions read and change. A new service adds its store here. */
export interface World {
  readonly account: string;
  /** The region that world-file resources are made in and that unsigned calls are answered from. */
  readonly homeRegion: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly access: AccessList;
  readonly sessions: SessionStore;
  readonly keys: KeyRing;
  /** The region's state, made empty at its first mention. */
  region(name: string): Region;
  /** The regions that anything has happened in. */
  regionNames(): readonly string[];
}
