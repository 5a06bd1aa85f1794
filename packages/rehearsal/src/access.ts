import { coversAction, globToRegExp } from "./glob.ts";

/** A denial in force: an action pattern as in IAM, and the resources it is denied on. */
export interface Denial {
  readonly action: string;
  /** An ARN pattern, or a plain name pattern (`/prod/*`) that stands for any ARN ending in that name. */
  readonly resource: string;
}

export interface AccessList {
  readonly denials: readonly Denial[];
  deny(action: string, resource: string): void;
  isDenied(action: string, resource: string): boolean;
}

/** Everything is allowed until it is denied: rehearsal plays refusals, not policies. */
export function createAccessList(initial: readonly Denial[]): AccessList {
  const denials = [...initial];
  return {
    denials,
    deny: (action, resource) => void denials.push({ action, resource }),
    isDenied: (action, resource) =>
      denials.some((denial) => coversAction(denial.action, action) && coversResource(denial.resource, resource)),
  };
}

function coversResource(pattern: string, arn: string): boolean {
  if (pattern === "*" || pattern.startsWith("arn:")) return globToRegExp(pattern).test(arn);
  const name = globToRegExp(pattern);
  // A parameter's ARN ends in `parameter/prod/x` for `/prod/x`, a secret's in `secret:prod/x-AbCdEf` for `prod/x`, a key's in `alias/app`.
  const last = arn.split(":").slice(5).join(":");
  const secret = last.replace(/^secret:/, "");
  const names = [
    last,
    secret,
    secret.replace(/-[A-Za-z0-9]{6}$/, ""),
    last.replace(/^parameter/, ""),
    last.replace(/^(?:parameter|role|key|stream|deliverystream)\//, ""),
  ];
  // The path `/prod` counts as inside `/prod/*`.
  return names.some((candidate) => name.test(candidate) || name.test(`${candidate}/`));
}
