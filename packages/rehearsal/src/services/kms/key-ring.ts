import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { placeOf } from "../../region.ts";

/** A key as other services meet it: KMS itself is not played. */
export interface Key {
  /** An alias (`alias/app`) or a key id. */
  readonly name: string;
  readonly state: "enabled" | "disabled" | "pending-deletion";
  /** True when the caller may not use the key. */
  readonly isDenied: boolean;
}

export interface KeyRing {
  readonly keys: ReadonlyMap<string, Key>;
}

/** Keys of AWS itself are there in every account. */
const MANAGED = ["alias/aws/ssm", "alias/aws/secretsmanager", "alias/aws/kinesis"];

export function createKeyRing(keys: readonly Key[]): KeyRing {
  const managed = MANAGED.map((name): Key => ({ name, state: "enabled", isDenied: false }));
  return { keys: new Map([...managed, ...keys].map((key) => [key.name, key])) };
}

/** The ARN of a key or alias, given by ARN, alias or id. */
function keyArn(call: Call, name: string): string {
  if (name.startsWith("arn:")) return name;
  const { partition, region, account } = placeOf(call.region, call.world.account);
  return `arn:${partition}:kms:${region}:${account}:${name.startsWith("alias/") ? name : `key/${name}`}`;
}

/** Why KMS would not do `action`, if it would not: what a caller's service wraps into an error of its own. */
export function refusalOf(
  call: Call,
  keyName: string,
  action: "kms:Decrypt" | "kms:Encrypt" | "kms:GenerateDataKey",
): AwsError | undefined {
  const arn = keyArn(call, keyName);
  const key = call.world.keys.keys.get(keyName) ?? call.world.keys.keys.get(arn.replace(/^.*:(?:key\/)?/, ""));
  if (key === undefined) {
    const noun = arn.includes(":alias/") ? "Alias" : "Key";
    return new AwsError("NotFoundException", `${noun} '${arn}' ${noun === "Alias" ? "is not found." : "does not exist"}`);
  }
  if (key.state === "disabled") return new AwsError("DisabledException", `${arn} is disabled.`);
  if (key.state === "pending-deletion") return new AwsError("KMSInvalidStateException", `${arn} is pending deletion.`);
  if (key.isDenied || call.world.access.isDenied(action, arn)) {
    const reason = `because no resource-based policy allows the ${action} action`;
    return new AwsError(
      "AccessDeniedException",
      `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${arn} ${reason}`,
    );
  }
  return undefined;
}
