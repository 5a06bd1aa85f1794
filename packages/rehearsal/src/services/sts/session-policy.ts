import { AwsError } from "../../wire/aws-error.ts";

/** Inline and managed session policies share 2,048 characters of plain text (model text of Policy). */
const LIMIT = 2048;

/** Check session policies; returns the share of the limit they take, in percent, or undefined when there are none. */
export function packedPolicySize(policy: string | undefined, arns: readonly { readonly arn?: string | undefined }[]): number | undefined {
  if (policy !== undefined && !isPolicy(policy))
    throw new AwsError("MalformedPolicyDocumentException", "This policy contains invalid Json");
  const size = (policy?.length ?? 0) + arns.reduce((sum, { arn }) => sum + (arn?.length ?? 0), 0);
  if (size > LIMIT)
    throw new AwsError(
      "PackedPolicyTooLargeException",
      `Packed policy consumes ${Math.ceil((size / LIMIT) * 100)}% of allotted space, please use smaller policy.`,
    );
  return size === 0 ? undefined : Math.max(1, Math.round((size / LIMIT) * 100));
}

function isPolicy(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "Statement" in parsed;
  } catch {
    return false;
  }
}
