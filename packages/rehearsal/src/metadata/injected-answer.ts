import type { Fault } from "../fault/fault.ts";
import type { HttpAnswer } from "../http/exchange.ts";

/** What a throttle or an error looks like where no AWS protocol is spoken; undefined for faults that leave the answer alone. */
export function answerFault(fault: Fault | undefined): HttpAnswer | undefined {
  if (fault?.kind !== "throttle" && fault?.kind !== "error") return undefined;
  const status = fault.status ?? (fault.kind === "throttle" ? 429 : 500);
  return {
    status,
    headers: [["Content-Type", "text/plain"]],
    body: fault.message ?? (fault.kind === "throttle" ? "Too Many Requests" : "Internal Server Error"),
  };
}
