import { NormalizedSchema } from "@smithy/core/schema";
import type { Service } from "./service.ts";

/** What the service model says about an exception. */
export interface ModelError {
  readonly status: number;
  /** The member that carries the text: some services write `Message`, some `message`. */
  readonly messageMember: string;
  /** Code and status that the query protocol used, as `x-amzn-query-error` repeats them. */
  readonly queryError: { readonly code: string; readonly status: number } | undefined;
}

/** Look an exception up in a service's model; undefined for the codes that every service shares and no model lists. */
export function findModelError(service: Service, code: string): ModelError | undefined {
  for (const registry of service.exceptions) {
    const found = registry.find((schema) => Array.isArray(schema) && schema[2] === code);
    if (found === undefined) continue;
    const schema = NormalizedSchema.of(found);
    const { error, httpError, awsQueryError } = schema.getMergedTraits();
    const [queryCode, queryStatus]: unknown[] = Array.isArray(awsQueryError) ? awsQueryError : [];
    return {
      status: typeof httpError === "number" ? httpError : error === "server" ? 500 : 400,
      messageMember: [...schema.structIterator()].map(([name]) => name).find((name) => name.toLowerCase() === "message") ?? "message",
      queryError: typeof queryCode === "string" && typeof queryStatus === "number" ? { code: queryCode, status: queryStatus } : undefined,
    };
  }
  return undefined;
}

/** The name of the service's own "our fault" exception, for injected errors that name none. */
export function internalErrorOf(service: Service): string {
  for (const registry of service.exceptions) {
    const found = registry.find(
      (schema) => Array.isArray(schema) && typeof schema[2] === "string" && /^Internal(Server|Service|Failure)/.test(schema[2]),
    );
    if (Array.isArray(found) && typeof found[2] === "string") return found[2];
  }
  return "InternalFailure";
}
