import type { HttpAnswer, HttpRequest } from "../http/exchange.ts";
import type { AwsError } from "./aws-error.ts";
import type { Operation, Service } from "./service.ts";

/** The action that a request names, before anybody knows whether it exists. */
export interface Target {
  readonly service: Service;
  readonly operation: string;
}

/** The same once it is known to exist. */
export interface KnownTarget {
  readonly service: Service;
  readonly operation: Operation;
}

/** One way of writing requests and answers. A new protocol is a new object of this form; nothing else changes. */
export interface Protocol {
  /** The action named by a request, or undefined when the request is not of this protocol or names no service of it. */
  findTarget(request: HttpRequest, services: readonly Service[]): Target | undefined;
  /** The decoded input. Missing required members and broken bounds are added to `violations`; unreadable input throws an AwsError. */
  decode(request: HttpRequest, target: KnownTarget, violations: string[]): Record<string, unknown>;
  encode(output: unknown, target: KnownTarget, requestId: string): HttpAnswer;
  /** `operation` may be a name that does not exist. */
  encodeError(error: AwsError, target: Target, requestId: string): HttpAnswer;
}
