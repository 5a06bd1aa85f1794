import { roleId } from "../services/sts/role-id.ts";
import type { Session, SessionStore } from "../services/sts/session-store.ts";

/** What `roleSession` needs to know of the role's bearer. */
export interface RoleBearer {
  readonly partition: string;
  readonly account: string;
  readonly role: string;
  readonly sessionName: string;
}

/** Credentials of a role that renew themselves: six hours long, replaced a quarter of an hour before they end. */
export function roleSession(
  sessions: SessionStore,
  { partition, account, role, sessionName }: RoleBearer,
  realNow: () => number = Date.now,
): () => Session {
  const id = roleId(`arn:${partition}:iam::${account}:role/${role}`);
  const whom = { arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`, userId: `${id}:${sessionName}`, account };
  let current: Session | undefined;
  return () => {
    if (current === undefined || current.expiration.getTime() - realNow() < 15 * 60_000) current = sessions.issue(whom, 6 * 3_600_000);
    return current;
  };
}
