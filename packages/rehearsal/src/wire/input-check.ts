import type { HttpRequest } from "../http/exchange.ts";
import { AwsError } from "./aws-error.ts";
import { findViolations } from "./bounds.ts";
import type { KnownTarget, Protocol } from "./protocol.ts";
import { memberPath } from "./violation.ts";

/** Decode a request by the model, then check bounds; AWS reports all violations in one sentence. */
export function checkInput(protocol: Protocol, request: HttpRequest, target: KnownTarget): unknown {
  const violations: string[] = [];
  const input = protocol.decode(request, target, violations);
  for (const [name, bounds] of Object.entries(target.operation.bounds)) {
    if (input[name] !== undefined) violations.push(...findViolations(input[name], bounds, memberPath("", name)));
  }
  if (violations.length === 0) return input;
  const noun = violations.length === 1 ? "error" : "errors";
  throw new AwsError("ValidationException", `${violations.length} validation ${noun} detected: ${violations.join("; ")}`);
}
