import type { Fault } from "../fault/fault.ts";
import { pickFailures } from "../fault/pick-failures.ts";
import type { HttpRequest } from "../http/exchange.ts";
import type { World } from "../world/world.ts";
import { readAuthorization } from "./authorization.ts";
import { AwsError } from "./aws-error.ts";
import type { Call } from "./call.ts";
import type { Target } from "./protocol.ts";
import type { Operation } from "./service.ts";

export interface CallParts {
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly target: Target;
  /** Absent when the service has no action of that name: who calls is checked all the same. */
  readonly operation: Operation | undefined;
  readonly world: World;
  /** The fault that strikes this call. */
  readonly fault: Fault | undefined;
}

/** Check who calls, and gather what the action may know. Throws the refusals that every service shares. */
export function openCall({ request, requestId, signal, target, operation, world, fault }: CallParts): Call {
  const { service } = target;
  const authorization = operation?.isUnsigned === true ? undefined : readAuthorization(request);
  if (authorization === undefined && operation?.isUnsigned !== true) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  if (authorization !== undefined && authorization.service !== service.name) {
    throw new AwsError("InvalidSignatureException", `Credential should be scoped to correct service: '${service.name}'.`);
  }
  const caller = world.sessions.identify(authorization?.accessKeyId ?? "anonymous", authorization?.sessionToken);
  return {
    world,
    region: authorization?.region ?? world.homeRegion,
    caller,
    requestId,
    signal,
    wantsEmptyPage: fault?.kind === "empty-page",
    wantsExpiredIterator: fault?.kind === "expired-iterator",
    pickFailures: (count) => pickFailures(fault, count, world.random),
    authorize(resource, action = `${service.name}:${target.operation}`) {
      if (!world.access.isDenied(action, resource)) return;
      const sentence = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`;
      throw new AwsError("AccessDeniedException", `${sentence} with an explicit deny in an identity-based policy`);
    },
  };
}
