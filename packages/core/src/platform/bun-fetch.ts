import { type HttpAnswer, type HttpRequest, withLimit } from "./seam.ts";

/** An exchange by Bun's fetch: it knows how to speak to proxies, and reads long answers fast. */
export async function exchangeByFetch(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  const { url, method, headers, body, ca, proxy } = request;
  const response = await fetch(url, {
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
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: Buffer.from(await response.arrayBuffer()),
  };
}
