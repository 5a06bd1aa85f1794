import type { Fault } from "../fault/fault.ts";
import type { Stage } from "../fault/stage.ts";
import { header, type HttpAnswer, type HttpRequest } from "../http/exchange.ts";
import type { Handler } from "../http/listener.ts";
import type { World } from "../world/world.ts";
import { readAuthorization } from "./authorization.ts";
import { AwsError } from "./aws-error.ts";
import { findViolations, messageName } from "./bounds.ts";
import type { Call } from "./call.ts";
import { jsonProtocol } from "./json-protocol.ts";
import { internalErrorOf } from "./model-error.ts";
import type { Protocol, Target } from "./protocol.ts";
import { queryProtocol } from "./query-protocol.ts";
import type { Operation, Service } from "./service.ts";

const PROTOCOLS = { json: jsonProtocol, query: queryProtocol } satisfies Record<string, Protocol>;

export interface EndpointParts {
  readonly world: World;
  readonly services: readonly Service[];
  readonly stage: Stage;
  /** Told of errors that are ours, which clients see as InternalFailure. */
  readonly onBug: (error: unknown) => void;
}

/** The handler of all AWS services: finds the action, checks the request and runs the action. */
export function createAwsEndpoint(parts: EndpointParts): Handler {
  const { world, services, stage } = parts;
  return (request, signal) => {
    const requestId = world.random.uuid();
    const named = findTarget(request, services);
    return stage({
      service: named?.target.service.name ?? serviceInScope(request) ?? "unknown",
      operation: named?.target.operation || "unknown",
      request,
      signal,
      answer: async (fault) => (named === undefined ? answerStranger(requestId) : answer(named, request, requestId, fault, parts)),
    });
  };
}

interface Named {
  readonly protocol: Protocol;
  readonly target: Target;
}

function findTarget(request: HttpRequest, services: readonly Service[]): Named | undefined {
  for (const protocol of Object.values(PROTOCOLS)) {
    const target = protocol.findTarget(request, services);
    if (target !== undefined) return { protocol, target };
  }
  // A request that is signed for a service but names no action is refused in that service's own form.
  const service = services.find(({ name }) => name === serviceInScope(request));
  return service === undefined
    ? undefined
    : { protocol: PROTOCOLS[service.speech.protocol], target: { service, operation: header(request, "x-amz-target") ?? "" } };
}

/** The service that the credential scope names, also of a signature that is otherwise malformed. */
function serviceInScope(request: HttpRequest): string | undefined {
  return /Credential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([a-z0-9-]+)\/aws4_request/.exec(header(request, "authorization") ?? "")?.[1];
}

/** What AWS front ends say when nothing in a request names an action they know. */
function answerStranger(requestId: string): HttpAnswer {
  return { status: 404, headers: [["x-amzn-RequestId", requestId]], body: "<UnknownOperationException/>\n" };
}

async function answer(
  { protocol, target }: Named,
  request: HttpRequest,
  requestId: string,
  fault: Fault | undefined,
  parts: EndpointParts,
): Promise<HttpAnswer> {
  try {
    if (fault !== undefined) injectError(fault, target.service);
    const operation = target.service.operations.get(target.operation);
    const call = makeCall(request, requestId, target, operation, fault?.kind === "empty-page", parts.world);
    if (operation === undefined) throw unknownOperation(target);
    const input = checkInput(protocol, request, operation);
    return protocol.encode(await operation.run(input, call), { service: target.service, operation }, requestId);
  } catch (error) {
    if (error instanceof AwsError) return protocol.encodeError(error, target, requestId);
    parts.onBug(error);
    const reason = error instanceof Error ? error.message : String(error);
    return protocol.encodeError(new AwsError("InternalFailure", `This is a bug of rehearsal: ${reason}`, 500), target, requestId);
  }
}

function injectError({ kind, code, message, status }: Fault, service: Service): void {
  if (kind === "throttle") throw new AwsError(code ?? "ThrottlingException", message ?? "Rate exceeded", status);
  if (kind === "error") throw new AwsError(code ?? internalErrorOf(service), message ?? injectedText(code), status);
}

const unknownOperation = ({ service, operation }: Target): AwsError =>
  new AwsError(
    "UnknownOperationException",
    `Rehearsal does not play ${service.name}:${operation}. It plays: ${[...service.operations.keys()].join(", ")}.`,
  );

/** Decode by the model, then check bounds; AWS reports all violations in one sentence. */
function checkInput(protocol: Protocol, request: HttpRequest, operation: Operation): unknown {
  const violations: string[] = [];
  const input = protocol.decode(request, operation.input, violations);
  for (const [name, bounds] of Object.entries(operation.bounds)) {
    if (input[name] !== undefined) violations.push(...findViolations(input[name], bounds, messageName(name)));
  }
  if (violations.length === 0) return input;
  const noun = violations.length === 1 ? "error" : "errors";
  throw new AwsError("ValidationException", `${violations.length} validation ${noun} detected: ${violations.join("; ")}`);
}

/** Check who calls, and gather what the action may know. */
function makeCall(
  request: HttpRequest,
  requestId: string,
  target: Target,
  operation: Operation | undefined,
  wantsEmptyPage: boolean,
  world: World,
): Call {
  const authorization = operation?.isUnsigned === true ? undefined : readAuthorization(request);
  if (authorization === undefined && operation?.isUnsigned !== true) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  if (authorization !== undefined && authorization.service !== target.service.name) {
    throw new AwsError("InvalidSignatureException", `Credential should be scoped to correct service: '${target.service.name}'.`);
  }
  const caller = world.sessions.identify(authorization?.accessKeyId ?? "anonymous", authorization?.sessionToken);
  return {
    world,
    region: authorization?.region ?? world.homeRegion,
    caller,
    requestId,
    wantsEmptyPage,
    authorize(resource, action = `${target.service.name}:${target.operation}`) {
      if (!world.access.isDenied(action, resource)) return;
      const sentence = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`;
      throw new AwsError("AccessDeniedException", sentence);
    },
  };
}

const injectedText = (code: string | undefined): string =>
  code?.startsWith("Throttling") === true ? "Rate exceeded" : "This error was injected by rehearsal.";
