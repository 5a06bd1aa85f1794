import type { HttpRequest } from "../http/exchange.ts";
import { AwsError } from "./aws-error.ts";
import { findViolations } from "./bounds.ts";
import type { KnownTarget, Protocol } from "./protocol.ts";
import { memberPath } from "./violation.ts";

/** How many violations AWS reports of one request (mhart/kinesalite, validations/index.js). */
const MAX_VIOLATIONS = 10;

/** Decode a request by the model, then check bounds; AWS reports violations in one sentence. */
export function checkInput(protocol: Protocol, request: HttpRequest, target: KnownTarget): unknown {
  const violations: string[] = [];
  const input = protocol.decode(request, target, violations);
  for (const [name, bounds] of Object.entries(target.operation.bounds)) {
    if (input[name] !== undefined) violations.push(...findViolations(input[name], bounds, memberPath("", name)));
  }
  const reported = violations.slice(0, MAX_VIOLATIONS);
  if (reported.length === 0) return input;
  const noun = reported.length === 1 ? "error" : "errors";
  throw new AwsError("ValidationException", `${reported.length} validation ${noun} detected: ${reported.join("; ")}`);
}
