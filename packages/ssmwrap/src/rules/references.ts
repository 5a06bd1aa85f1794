import { type Env, usageError } from "@sukima/core";
import { parsePath } from "./path.ts";
import type { Rule } from "./rule.ts";

const reference = /^(?:ssm:\/\/|sm:\/\/|arn:[a-z-]+:ssm:[^:]*:\d*:parameter\/|arn:[a-z-]+:secretsmanager:[^:]*:\d*:secret:)/;

/**
 * Rules for variables of the caller whose value is a reference (`-expand`): `ssm:///prod/x` or `ssm://name`, `sm://id#member@stage`, an ARN of a parameter or secret.
 * `#member` picks a member of a JSON value and `?default=text` stands in for a missing one. `ssm:///x` is what remind101/ssm-env writes.
 */
export function referenceRules(env: Env, allowRoot: boolean): Rule[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && reference.test(value) ? [referenceRule(name, value, allowRoot)] : [],
  );
}

function referenceRule(name: string, value: string, allowRoot: boolean): Rule {
  const [, body = "", query] = /^(.*?)(?:\?default=(.*))?$/s.exec(value) ?? [];
  const [, address = "", member] =
    body.startsWith("sm://") || body.includes(":secretsmanager:") ? [body, body] : (/^([^#]*)(?:#(.+))?$/s.exec(body) ?? []);
  const source = parsePath(address.replace(/^ssm:\/\//, ""), allowRoot);
  if (source.kind === "children")
    throw usageError("BAD_REFERENCE", `${name} refers to a whole path`, "a variable holds one value: refer to one parameter");
  return {
    text: `${name}=${value}`,
    source,
    target: { kind: "env", name, prefix: "", entirePath: false, keepCase: true, replace: undefined, json: false, replacesReference: true },
    required: false,
    fallback: query,
    base64: false,
    member: source.kind === "secret" ? source.member : member,
    only: [],
    except: [],
  };
}
