import type { ParameterMetadata } from "@aws-sdk/client-ssm";
import type { Parameter, ParameterVersion } from "./parameter-store.ts";
import { policyTypeOf } from "./policies.ts";

/** What ParameterMetadata and ParameterHistory have in common: everything but the value. */
export function answerMetadata(parameter: Parameter, version: ParameterVersion): Omit<ParameterMetadata, "ARN"> {
  return {
    Name: parameter.name,
    Type: version.type,
    KeyId: version.keyId,
    LastModifiedDate: version.lastModifiedDate,
    LastModifiedUser: version.lastModifiedUser,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: version.policies.map((text) => ({ PolicyText: text, PolicyType: policyTypeOf(text), PolicyStatus: "Pending" })),
    DataType: version.dataType,
  };
}
