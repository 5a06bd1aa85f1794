import type { Fault } from "../fault/fault.ts";
import type { Stage } from "../fault/stage.ts";
import type { HttpAnswer, HttpRequest } from "../http/exchange.ts";
import type { Handler } from "../http/listener.ts";
import type { World } from "../world/world.ts";
import { AwsError } from "./aws-error.ts";
import { checkInput } from "./input-check.ts";
import { internalErrorOf } from "./model-error.ts";
import { openCall } from "./open-call.ts";
import type { Target } from "./protocol.ts";
import type { Service } from "./service.ts";
import { findTarget, type Named, serviceInScope } from "./target.ts";

export interface EndpointParts {
  readonly world: World;
  readonly services: readonly Service[];
  readonly stage: Stage;
  /** Told of errors that are ours, which clients see as InternalFailure. */
  readonly onBug: (error: unknown) => void;
}

/** The handler of all AWS services: finds the action, checks the request and runs the action. */
export function createAwsEndpoint({ world, services, stage, onBug }: EndpointParts): Handler {
  const run = async (
    { protocol, target }: Named,
    request: HttpRequest,
    requestId: string,
    signal: AbortSignal,
    fault: Fault | undefined,
  ): Promise<HttpAnswer> => {
    try {
      if (fault !== undefined) injectError(fault, target);
      const operation = target.service.operations.get(target.operation);
      const call = openCall({ request, requestId, signal, target, operation, world, fault });
      if (operation === undefined) throw unknownOperation(target);
      const known = { service: target.service, operation };
      const output = await operation.run(checkInput(protocol, request, known), call);
      return protocol.encode(output, known, requestId);
    } catch (error) {
      if (error instanceof AwsError) return protocol.encodeError(error, target, requestId);
      onBug(error);
      const reason = error instanceof Error ? error.message : String(error);
      return protocol.encodeError(new AwsError("InternalFailure", `This is a bug of rehearsal: ${reason}`, 500), target, requestId);
    }
  };

  return (request, signal) => {
    const requestId = world.random.uuid();
    const named = findTarget(request, services);
    return stage({
      service: named?.target.service.name ?? serviceInScope(request) ?? "unknown",
      operation: named?.target.operation || "unknown",
      plays: (kind) => named?.target.service.operations.get(named.target.operation)?.plays(kind) ?? true,
      request,
      signal,
      answer: async (fault) => (named === undefined ? answerStranger(requestId) : run(named, request, requestId, signal, fault)),
    });
  };
}

/** What AWS front ends say when nothing in a request names a service or an action they know. */
function answerStranger(requestId: string): HttpAnswer {
  return { status: 404, headers: [["x-amzn-RequestId", requestId]], body: "<UnknownOperationException/>\n" };
}

function injectError({ kind, code, message, status }: Fault, { service, operation }: Target): void {
  if (kind === "throttle")
    throw new AwsError(code ?? service.throttleCode?.(operation) ?? "ThrottlingException", message ?? "Rate exceeded", status);
  if (kind === "error") throw new AwsError(code ?? internalErrorOf(service), message ?? injectedText(code), status);
}

const injectedText = (code: string | undefined): string =>
  code?.startsWith("Throttling") === true ? "Rate exceeded" : "This error was injected by rehearsal.";

const unknownOperation = ({ service, operation }: Target): AwsError =>
  new AwsError(
    "UnknownOperationException",
    operation === ""
      ? `The request names no action of ${service.name}, or its method is not the one that names it.`
      : `Rehearsal does not play ${service.name}:${operation}. It plays: ${[...service.operations.keys()].join(", ")}.`,
  );
