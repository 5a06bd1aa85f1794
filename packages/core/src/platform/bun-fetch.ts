import { type HttpAnswer, type HttpRequest, withLimit } from "./seam.ts";

// Exchanges by Bun's fetch. Over connections of our own, as in the npm form, a start takes as long (docs/decisions/0008).

function open(request: HttpRequest): Promise<Response> {
  const { url, method, headers, body, ca, proxy } = request;
  return fetch(url, {
    method,
    headers,
    signal: withLimit(request),
    redirect: "manual",
    // Unset, Bun would use the proxy variables, even for loopback and metadata addresses.
    proxy: proxy ?? false,
    ...(body === undefined ? {} : { body }),
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody. Without TLS the option costs a fiftieth of reading a page.
    ...(url.startsWith("https:") ? { tls: { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) } } : {}),
  });
}

const answerOf = <Body extends string | Buffer>({ status, headers }: Response, body: Body): HttpAnswer<Body> => ({
  status,
  header: (name) => headers.get(name) ?? undefined,
  body,
});

export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const response = await open(request);
  return answerOf(response, await response.text());
}

export async function sendForBytes(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  const response = await open(request);
  return answerOf(response, Buffer.from(await response.arrayBuffer()));
}
