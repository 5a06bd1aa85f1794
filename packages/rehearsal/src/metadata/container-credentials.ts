import type { Stage } from "../fault/stage.ts";
import { header, type HttpAnswer, type HttpRequest } from "../http/exchange.ts";
import type { Handler } from "../http/listener.ts";
import type { Session } from "../services/sts/session-store.ts";
import { toTimestamp } from "../timestamp.ts";
import { answerFault } from "./injected-answer.ts";

export interface ContainerCredentialsParts {
  /** Path of the full URI, which names the task's credentials. */
  readonly path: string;
  /** What AWS_CONTAINER_AUTHORIZATION_TOKEN must hold, sent as the Authorization header. */
  readonly token: string;
  readonly roleArn: string;
  readonly session: () => Session;
  readonly stage: Stage;
}

/**
 * The credentials endpoint that a container finds through AWS_CONTAINER_CREDENTIALS_FULL_URI.
 * Source: SDKs and Tools reference, "Container credential provider"; member names as the ECS agent writes them. The error texts are guesses.
 */
export function createContainerCredentials({ path, token, roleArn, session, stage }: ContainerCredentialsParts): Handler {
  const answer = (request: HttpRequest): HttpAnswer => {
    if (request.path !== path)
      return json(404, { code: "InvalidIdInRequest", message: "CredentialsV2Request: ID not found", HTTPErrorCode: 404 });
    if (request.method !== "GET") return json(405, { code: "MethodNotAllowed", message: "only GET is answered", HTTPErrorCode: 405 });
    if (header(request, "authorization") !== token)
      return json(401, { code: "Unauthorized", message: "the authorization token is wrong", HTTPErrorCode: 401 });
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = session();
    return json(200, {
      RoleArn: roleArn,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: toTimestamp(expiration),
    });
  };
  return (request, signal) =>
    stage({
      service: "container-credentials",
      operation: "GetCredentials",
      request,
      signal,
      answer: async (fault) => answerFault(fault) ?? answer(request),
    });
}

const json = (status: number, body: object): HttpAnswer => ({
  status,
  headers: [["Content-Type", "application/json"]],
  body: JSON.stringify(body),
});
