import type { Call } from "../../wire/call.ts";
import { placeOf, type Place } from "../../region.ts";
import { expiryOf } from "./policies.ts";

/** One version of a parameter. Versions never change, but for their labels. */
export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly type: "String" | "StringList" | "SecureString";
  /** The key as the caller named it (`alias/aws/ssm`, an id or an ARN); SecureString only. */
  readonly keyId: string | undefined;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly tier: "Standard" | "Advanced";
  readonly dataType: string;
  /** The JSON text of each policy. */
  readonly policies: readonly string[];
  readonly lastModifiedDate: Date;
  readonly lastModifiedUser: string;
  readonly labels: Set<string>;
}

export interface Parameter {
  readonly name: string;
  readonly arn: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Oldest first, never empty; at most 100. */
  readonly versions: ParameterVersion[];
}

/** The parameters of one region. */
export interface ParameterStore {
  /** The account's own, by name. */
  readonly own: Map<string, Parameter>;
  /** Those that other accounts share with it, by ARN. */
  readonly shared: Map<string, Parameter>;
}

export const createParameterStore = (): ParameterStore => ({ own: new Map(), shared: new Map() });

/** The newest version, which is what a name without selector means. */
export function latest(parameter: Parameter): ParameterVersion {
  const newest = parameter.versions.at(-1);
  if (newest === undefined) throw new Error(`parameter ${parameter.name} has no version`);
  return newest;
}

/** Parameter ARNs have one slash between `parameter` and the name, whether or not the name starts with one. */
export function parameterArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
}

/** The ARN that a name has for this call. */
export const ownArn = (call: Call, name: string): string => parameterArn(placeOf(call.region, call.world.account), name);

const isAlive = (parameter: Parameter, call: Call): boolean => {
  const expiry = expiryOf(latest(parameter).policies);
  return expiry === undefined || call.world.clock.now() < expiry;
};

/** The account's own parameter of that name, unless an Expiration policy has ended it. */
export function findOwn(call: Call, name: string): Parameter | undefined {
  const parameter = call.world.region(call.region).parameters.own.get(name);
  return parameter !== undefined && isAlive(parameter, call) ? parameter : undefined;
}

/** The account's own living parameters. */
export function ownParameters(call: Call): Parameter[] {
  const { own } = call.world.region(call.region).parameters;
  return [...own.values()].filter((parameter) => isAlive(parameter, call));
}
