/** True when an IAM-like pattern (`ssm:Get*`, `*`) covers an action. */
export function coversAction(pattern: string, action: string): boolean {
  return /[*?]/.test(pattern) ? globToRegExp(pattern).test(action) : pattern === action;
}

/** `*` and `?` as in IAM, case-sensitive, everything else literal. */
export function globToRegExp(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
