import {
  AssumeRoleWithWebIdentity$,
  type AssumeRoleWithWebIdentityRequest,
  type AssumeRoleWithWebIdentityResponse,
} from "@aws-sdk/client-sts";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { ARN, DURATION_SECONDS, MINIMUM_TOKEN_SIZE, POLICY_ARNS, readRoleArn, SESSION_NAME } from "./role-arn.ts";
import { assume } from "./role-credentials.ts";
import { packedPolicySize } from "./session-policy.ts";

/**
 * Source: the model's texts of the action and its members. A token's signature and provider are not checked; a JWT past its `exp` is refused in real time.
 * A token that is no JWT is taken as an opaque one, where AWS would want an OAuth provider's name: so test tokens may be any text.
 */
export const assumeRoleWithWebIdentity = defineOperation<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse>(
  AssumeRoleWithWebIdentity$,
  {
    bounds: {
      RoleArn: ARN,
      RoleSessionName: SESSION_NAME,
      WebIdentityToken: { min: 4, max: 20_000, isSensitive: true },
      ProviderId: { min: 4, max: 2048 },
      PolicyArns: POLICY_ARNS,
      Policy: { min: 1, max: 2048, pattern: "[\\t\\n\\r\\u0020-\\u00FF]+" },
      DurationSeconds: DURATION_SECONDS,
      MinimumSessionTokenSize: MINIMUM_TOKEN_SIZE,
    },
    isUnsigned: true,
    run(input, call) {
      const role = readRoleArn(input.RoleArn);
      const { exp, sub, iss, aud } = readClaims(input.WebIdentityToken);
      if (typeof exp === "number" && exp * 1000 <= Date.now()) {
        const [now, end] = [Date.now(), exp * 1000].map((ms) => new Date(ms).toISOString());
        throw new AwsError(
          "ExpiredTokenException",
          `Token expired: current date/time ${now} must be before the expiration date/time ${end}`,
        );
      }
      const resource = input.RoleArn;
      if (call.world.access.isDenied("sts:AssumeRoleWithWebIdentity", resource)) {
        throw new AwsError("AccessDeniedException", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
      }
      const issued = assume(call, {
        roleArn: resource,
        role,
        sessionName: input.RoleSessionName,
        durationSeconds: input.DurationSeconds,
        minimumTokenSize: input.MinimumSessionTokenSize,
      });
      return {
        ...issued,
        PackedPolicySize: packedPolicySize(input.Policy, input.PolicyArns ?? []),
        SubjectFromWebIdentityToken: typeof sub === "string" ? sub : "rehearsal",
        Provider: typeof iss === "string" ? iss : (input.ProviderId ?? "rehearsal"),
        Audience: typeof aud === "string" ? aud : "sts.amazonaws.com",
      };
    },
  },
);

/** The claims of a JWT, or nothing for any other text. */
function readClaims(token: string): Partial<Record<"exp" | "sub" | "iss" | "aud", unknown>> {
  const [, payload = ""] = token.split(".");
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
