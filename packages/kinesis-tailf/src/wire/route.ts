import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { Secret } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";

/** How the SDK reaches the stream's data: endpoint, region and user agent are its business, and are learnt from a request that it sent. */
export interface Route {
  readonly url: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface SentRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const isSentRequest = (value: unknown): value is SentRequest =>
  typeof value === "object" && value !== null && "hostname" in value && "protocol" in value && "path" in value && "headers" in value;

/** Headers that every call of a client carries alike. */
const common = ["user-agent", "x-amz-user-agent"];

function routeOf({ protocol, hostname, port, path, headers }: SentRequest): Route | undefined {
  const region = /\/([^/]+)\/kinesis\/aws4_request/.exec(headers["authorization"] ?? "")?.[1];
  if (region === undefined) return undefined;
  const kept = common.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  return { url: `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`, region, headers: Object.fromEntries(kept) };
}

/** Watch a client; the function gives the route of its last signed call of an operation for the stream's data, undefined before the first. */
export function learnRoute(client: KinesisClient): () => Route | undefined {
  let route: Route | undefined;
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === "GetShardIteratorCommand" && isSentRequest(args.request)) route = routeOf(args.request) ?? route;
        return next(args);
      },
    { step: "deserialize", name: "learnRoute", override: true },
  );
  return () => route;
}

/** The credentials that the client signs with at the moment, the same object as long as the SDK keeps them. */
export function currentCredentials(client: KinesisClient): () => Promise<Credentials> {
  let known: { readonly identity: object; readonly credentials: Credentials } | undefined;
  return async () => {
    const identity = await client.config.credentials();
    if (known?.identity !== identity) {
      const { accessKeyId, secretAccessKey, sessionToken } = identity;
      const token = sessionToken === undefined ? {} : { sessionToken: new Secret(sessionToken) };
      known = { identity, credentials: { accessKeyId, secretAccessKey: new Secret(secretAccessKey), ...token } };
    }
    return known.credentials;
  };
}
