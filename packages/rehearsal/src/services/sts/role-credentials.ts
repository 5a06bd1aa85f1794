import type { AssumedRoleUser, Credentials } from "@aws-sdk/client-sts";
import type { Call } from "../../wire/call.ts";
import type { Role } from "./role-arn.ts";
import { roleId } from "./role-id.ts";

export interface RoleRequest {
  readonly roleArn: string;
  readonly role: Role;
  readonly sessionName: string;
  /** One hour when absent (model text of DurationSeconds). */
  readonly durationSeconds: number | undefined;
  readonly minimumTokenSize: number | undefined;
}

/** Issue a role's credentials; calls signed with them are the role session's from then on. */
export function assume(call: Call, request: RoleRequest): { Credentials: Credentials; AssumedRoleUser: AssumedRoleUser } {
  const { role, sessionName } = request;
  const userId = `${roleId(request.roleArn)}:${sessionName}`;
  const arn = `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`;
  const durationMs = (request.durationSeconds ?? 3600) * 1000;
  const session = call.world.sessions.issue({ arn, userId, account: role.account }, durationMs, request.minimumTokenSize);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: session.expiration,
    },
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
  };
}
