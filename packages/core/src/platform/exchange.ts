import { type Connect, type Connection, nobody } from "./connection.ts";
import { answerReader, type RawAnswer } from "./http-answer.ts";
import type { HttpAnswer, HttpRequest } from "./seam.ts";

// Exchanges over connections of our own. `fetch` and node:http would do the same, and take a start of ssmwrap longer (docs/decisions/0008).

const encoder = new TextEncoder();

/** Connections that wait for the next exchange, by where they lead. */
const idle = new Map<string, Connection[]>();

function connection(connect: Connect, url: URL, ca: string | undefined, key: string): Connection {
  const waiting = idle.get(key) ?? [];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (!one.isOpen) continue;
    one.hold(true);
    return one;
  }
  return connect(url, ca);
}

function park(one: Connection, key: string): void {
  // Bytes that nobody asked for: not to be taken for the next answer.
  one.listener = { ...nobody, data: () => one.destroy() };
  one.hold(false);
  idle.set(key, [...(idle.get(key) ?? []), one]);
}

/** The bytes of a request. Throws for what would not stay in its line. */
function bytesOf({ method, headers, body = "" }: HttpRequest, { host, pathname, search }: URL): Uint8Array {
  let head = `${method} ${pathname}${search} HTTP/1.1\r\n`;
  // A signed request names the host itself, and a second one is refused.
  if (headers["host"] === undefined) head += `host: ${host}\r\n`;
  for (const name in headers) {
    const value = headers[name] ?? "";
    if (/[^\t\x20-\x7e]/.test(value)) throw Object.assign(new Error(`bad character in the header ${name}`), { code: "ERR_INVALID_CHAR" });
    head += `${name}: ${value}\r\n`;
  }
  if (method !== "GET" || body !== "") head += `content-length: ${encoder.encode(body).length}\r\n`;
  return encoder.encode(`${head}\r\n${body}`);
}

/** Send a request and wait for its answer, or for the end of the connection or of our patience. */
function converse(one: Connection, bytes: Uint8Array, { signal, limitMs }: HttpRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const read = answerReader();
    const settle = (): void => {
      one.listener = nobody;
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
    const fail = (error: unknown): void => {
      settle();
      one.destroy();
      reject(error);
    };
    const stop = (): void => fail(signal.reason);
    const data = (more: Buffer | undefined): void => {
      try {
        const answer = read(more);
        if (answer === undefined) return;
        settle();
        resolve(answer);
      } catch (error) {
        fail(error);
      }
    };
    // AbortSignal.any and AbortSignal.timeout would do the same, and a start feels it.
    const late = (): void => fail(new DOMException("no answer in time", "TimeoutError"));
    const timer = limitMs === undefined ? undefined : setTimeout(late, limitMs);
    signal.addEventListener("abort", stop);
    one.listener = { data, end: (error) => (error ? fail(error) : data(undefined)) };
    one.send(bytes);
  });
}

/** An exchange without a proxy. Connections are kept, so that the pages of a path share one. */
export async function exchange(connect: Connect, request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  const { signal, ca } = request;
  const url = new URL(request.url);
  const bytes = bytesOf(request, url);
  const key = `${url.origin} ${ca}`;
  signal.throwIfAborted();
  const one = connection(connect, url, ca, key);
  const { status, headers, body, mayGoOn } = await converse(one, bytes, request);
  if (mayGoOn) park(one, key);
  else one.destroy();
  return { status, header: (name) => headers.get(name), body };
}
