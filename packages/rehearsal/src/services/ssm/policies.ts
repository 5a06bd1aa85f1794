import { AwsError } from "../../wire/aws-error.ts";

interface Policy {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The attributes that each policy type requires. Source: user guide, "Assigning parameter policies in Parameter Store". */
const ATTRIBUTES = new Map([
  ["Expiration", ["Timestamp"]],
  ["ExpirationNotification", ["Before", "Unit"]],
  ["NoChangeNotification", ["After", "Unit"]],
]);

/**
 * Check the `Policies` text of PutParameter (a JSON array of at most 10) and split it into one text for each policy.
 * The exceptions are those of the action's model; that unreadable JSON is an InvalidPolicyAttributeException is a guess.
 */
export function parsePolicies(text: string): string[] {
  const entries = readArray(text).filter((entry) => Object.keys(entry).length > 0);
  if (entries.length > 10) {
    throw new AwsError(
      "PoliciesLimitExceededException",
      "You specified more than the maximum number of allowed policies for the parameter. The maximum is 10.",
    );
  }
  const policies = entries.map(readPolicy);
  if (policies.filter(({ type }) => type === "Expiration").length > 1) {
    throw new AwsError(
      "IncompatiblePolicyException",
      "There is a conflict in the policies specified for this parameter: only one Expiration policy is allowed.",
    );
  }
  return entries.map((entry) => JSON.stringify(entry));
}

/** When an Expiration policy deletes the parameter. */
export function expiryOf(policies: readonly string[]): Date | undefined {
  const expiration = policies.map((text) => readPolicy(JSON.parse(text))).find(({ type }) => type === "Expiration");
  return expiration === undefined ? undefined : new Date(String(expiration.attributes["Timestamp"]));
}

/** The type of one policy text, as answers repeat it. */
export const policyTypeOf = (text: string): string => readPolicy(JSON.parse(text)).type;

function readArray(text: string): Record<string, unknown>[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return (Array.isArray(parsed) ? parsed : [parsed]).map((entry) => {
      if (!isObject(entry)) throw new TypeError("a policy is an object");
      return entry;
    });
  } catch {
    throw new AwsError("InvalidPolicyAttributeException", "The policies are not a JSON array of policy objects.");
  }
}

function readPolicy(entry: unknown): Policy {
  const { Type: type, Version: version, Attributes: attributes } = isObject(entry) ? entry : {};
  const required = typeof type === "string" ? ATTRIBUTES.get(type) : undefined;
  if (typeof type !== "string" || required === undefined) {
    throw new AwsError(
      "InvalidPolicyTypeException",
      `The policy type isn't supported. Parameter Store supports the following policy types: ${[...ATTRIBUTES.keys()].join(", ")}.`,
    );
  }
  if (version !== "1.0" || !isObject(attributes) || required.some((name) => typeof attributes[name] !== "string")) {
    throw new AwsError(
      "InvalidPolicyAttributeException",
      `A ${type} policy needs Version "1.0" and the attributes ${required.join(" and ")}.`,
    );
  }
  const isWrong =
    (type === "Expiration" && Number.isNaN(Date.parse(String(attributes["Timestamp"])))) ||
    ("Unit" in attributes && !["Days", "Hours"].includes(String(attributes["Unit"])));
  if (isWrong) throw new AwsError("InvalidPolicyAttributeException", `An attribute of the ${type} policy has an invalid value.`);
  return { type, attributes };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
