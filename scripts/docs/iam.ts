import { table } from "./tables.ts";

/** What a tool may have to be allowed: actions of IAM, on what, and which of its features needs them. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly when: string;
}

const isPermission = (value: unknown): value is Permission =>
  typeof value === "object" &&
  value !== null &&
  "actions" in value &&
  Array.isArray(value.actions) &&
  value.actions.every((action) => typeof action === "string" && /^[\w-]+:\w+$/.test(action)) &&
  "resource" in value &&
  typeof value.resource === "string" &&
  "when" in value &&
  typeof value.when === "string";

/** Read an `iam.json`: a list of permissions. Throws with what is expected. */
export function readPermissions(text: string): Permission[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list) || !list.every(isPermission)) {
    throw new Error('expected a list of {"actions": ["service:Action"], "resource": "arn:...", "when": "..."}');
  }
  return list;
}

/** The permissions as a table, and as a policy to copy. */
export function iamText(permissions: readonly Permission[]): string {
  if (permissions.length === 0) return "Nothing: it calls no AWS service.";
  const rows = permissions.map(({ actions, when }) => [actions.map((action) => `\`${action}\``).join(", "), when]);
  const policy = {
    Version: "2012-10-17",
    Statement: permissions.map(({ actions, resource }) => ({ Effect: "Allow", Action: actions, Resource: resource })),
  };
  return `${table(["action", "needed for"], rows)}\n\n\`\`\`json\n${JSON.stringify(policy, null, 2)}\n\`\`\``;
}
