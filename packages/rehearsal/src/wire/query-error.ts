import type { AwsError } from "./aws-error.ts";
import { findModelError } from "./model-error.ts";
import type { Service } from "./service.ts";

/** How the query protocol spells the codes that every service shares, and with which status ("Common Errors" of the STS and IAM references). */
const SPELLING: Readonly<Record<string, readonly [string, number]>> = {
  AccessDeniedException: ["AccessDenied", 403],
  ExpiredTokenException: ["ExpiredToken", 403],
  IncompleteSignatureException: ["IncompleteSignature", 400],
  InvalidSignatureException: ["SignatureDoesNotMatch", 403],
  MissingAuthenticationTokenException: ["MissingAuthenticationToken", 403],
  SerializationException: ["MalformedInput", 400],
  ThrottlingException: ["Throttling", 400],
  UnknownOperationException: ["InvalidAction", 400],
  UnrecognizedClientException: ["InvalidClientTokenId", 403],
  ValidationException: ["ValidationError", 400],
};

/** An error as the query protocol tells it, in XML or JSON. */
interface QueryError {
  readonly status: number;
  readonly type: "Sender" | "Receiver";
  readonly code: string;
}

export function spellError({ code, status }: AwsError, service: Service): QueryError {
  const modelled = findModelError(service, code);
  const [spelled, usual] =
    modelled?.queryError === undefined
      ? (SPELLING[code] ?? [code, modelled?.status ?? 400])
      : [modelled.queryError.code, modelled.queryError.status];
  const final = status ?? usual;
  return { status: final, type: final < 500 ? "Sender" : "Receiver", code: spelled };
}
