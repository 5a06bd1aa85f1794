import { createHash } from "node:crypto";

/** Role ids look like AROA and 17 capitals and digits, always the same for one role. */
export function roleId(roleArn: string): string {
  return `AROA${createHash("sha256").update(roleArn).digest("hex").slice(0, 17).toUpperCase()}`;
}
