import type { Permission } from "./permission.ts";

/** Actions on consumers, whose ARNs end in the time of their creation (Service Authorization Reference). */
const onConsumers = new Set(["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"]);

/** A stream's ARN where only its name is known; the account stays open. */
export function likelyArn(name: string, region: string): string {
  const partitions: readonly (readonly [prefix: string, partition: string])[] = [
    ["cn-", "aws-cn"],
    ["us-gov-", "aws-us-gov"],
    ["eusc-", "aws-eusc"],
  ];
  const [, partition = "aws"] = partitions.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return `arn:${partition}:kinesis:${region}:*:stream/${name}`;
}

function policyStatement(missing: readonly string[], arn: string): object {
  const hasConsumer = missing.some((action) => onConsumers.has(action));
  return { Effect: "Allow", Action: missing, Resource: hasConsumer ? [arn, `${arn}/consumer/*`] : arn };
}

/** Permissions for people, one a line, and the statement to add when some are missing. */
export function permissionsText(permissions: readonly Permission[], arn: string): string {
  const width = Math.max(...permissions.map(({ action }) => action.length));
  const lines = permissions.map(({ action, verdict, note = "" }) => `${verdict.padEnd(11)}  ${action.padEnd(width)}  ${note}`.trimEnd());
  const missing = permissions.flatMap(({ action, verdict }) => (verdict === "missing" ? [action] : []));
  const statement = JSON.stringify(policyStatement(missing, arn), null, 2);
  return `${[...lines, ...(missing.length === 0 ? [] : ["", "the caller's policy lacks this statement:", statement])].join("\n")}\n`;
}
