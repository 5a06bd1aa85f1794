import { AwsError } from "../../wire/aws-error.ts";

/** Inline and managed session policies share 2,048 characters of plain text (model text of Policy). */
const LIMIT = 2048;

/** An ARN of a managed policy: AWS's own, or an account's with an optional path (IAM identifiers, "IAM ARNs"). */
const POLICY_ARN = /^arn:aws[\w-]*:iam::(?:aws|\d{12}):policy\/(?:[\u0021-\u007E]+\/)?[\w+=,.@-]{1,128}$/;

/** Check session policies; returns the share of the limit they take, in percent, or undefined when there are none. */
export function packedPolicySize(policy: string | undefined, arns: readonly { readonly arn?: string | undefined }[]): number | undefined {
  if (policy !== undefined && !isPolicy(policy))
    throw new AwsError("MalformedPolicyDocumentException", "This policy contains invalid Json");
  // AWS documents no error for this; the code and the words, those of a role's malformed ARN, are a guess.
  const stray = arns.find(({ arn }) => arn === undefined || !POLICY_ARN.test(arn));
  if (stray !== undefined) throw new AwsError("ValidationException", `${stray.arn ?? ""} is invalid`);
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
