import { partitionOf } from "../region.ts";
import { toTimestamp } from "../timestamp.ts";
import type { CompleteWorld } from "../world/complete-world.ts";
import type { InstanceState } from "./instance-state.ts";

/** A leaf is a text, or a function when the text may change or be absent (undefined answers 404). */
export type Node = string | (() => string | undefined) | { readonly [name: string]: Node };

export interface Facts {
  readonly world: CompleteWorld;
  readonly state: InstanceState;
  /** The role's credentials as the service writes them. */
  readonly roleCredentials: () => string;
  readonly startedAt: Date;
}

/** `21 Jan 2019 09:00:43 GMT`, the form of maintenance events. */
const longDate = (time: Date): string => time.toUTCString().replace(/^\w+, 0?/, "");

/**
 * The part of the instance metadata tree that is played.
 * Source: EC2 user guide, "Instance metadata categories", "Spot Instance interruption notices", "EC2 instance rebalance recommendations", "Scheduled events".
 */
export function metadataTree({ world, state, roleCredentials, startedAt }: Facts): Node {
  const { instance, region, account } = world;
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const hostname = `ip-${instance.privateIp.replaceAll(".", "-")}.${region}.compute.internal`;
  const profileArn = `arn:${partitionOf(region)}:iam::${account}:instance-profile/${instance.role ?? ""}`;
  const { role } = instance;
  const iam: Node =
    role === null
      ? {}
      : {
          iam: {
            info: () =>
              pretty({
                Code: "Success",
                LastUpdated: toTimestamp(startedAt),
                InstanceProfileArn: profileArn,
                InstanceProfileId: "AIPAREHEARSALREHEARSA",
              }),
            "security-credentials": { [role]: roleCredentials },
          },
        };
  return {
    dynamic: { "instance-identity": { document: () => pretty(identityDocument(world, startedAt)) } },
    "meta-data": {
      "ami-id": instance.imageId,
      autoscaling: { "target-lifecycle-state": () => state.targetLifecycleState },
      events: {
        maintenance: {
          scheduled: () =>
            pretty(
              [...state.maintenance.values()].map((event) => ({
                ...event,
                NotBefore: longDate(event.NotBefore),
                NotAfter: longDate(event.NotAfter),
              })),
            ),
        },
        recommendations: {
          rebalance: () =>
            state.rebalance === undefined ? undefined : JSON.stringify({ noticeTime: toTimestamp(state.rebalance.noticeTime) }),
        },
      },
      hostname,
      ...iam,
      "instance-id": instance.id,
      "instance-life-cycle": instance.lifecycle,
      "instance-type": instance.type,
      "local-hostname": hostname,
      "local-ipv4": instance.privateIp,
      placement: { "availability-zone": instance.availabilityZone, region },
      services: { domain, partition: partitionOf(region) },
      spot: {
        "instance-action": () =>
          state.spot === undefined ? undefined : JSON.stringify({ action: state.spot.action, time: toTimestamp(state.spot.time) }),
        // Only an interruption that terminates shows up here (the older of the two paths).
        "termination-time": () => (state.spot?.action === "terminate" ? toTimestamp(state.spot.time) : undefined),
      },
    },
  };
}

function identityDocument({ instance, region, account }: CompleteWorld, startedAt: Date): object {
  return {
    accountId: account,
    architecture: /^[a-z]+\d+g/.test(instance.type) ? "arm64" : "x86_64",
    availabilityZone: instance.availabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    imageId: instance.imageId,
    instanceId: instance.id,
    instanceType: instance.type,
    kernelId: null,
    marketplaceProductCodes: null,
    pendingTime: toTimestamp(startedAt),
    privateIp: instance.privateIp,
    ramdiskId: null,
    region,
    version: "2017-09-30",
  };
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
