import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Delivery, HttpRequest, Reply } from "./exchange.ts";

/** Answers one request. `signal` fires when the world stops or the client has gone, so that waiting ends. */
export type Handler = (request: HttpRequest, signal: AbortSignal) => Promise<Reply>;

/** A Node request listener around a handler: reads the body, and sends head and body of the answer in one write. */
export function createListener(handler: Handler, stopping: AbortSignal, onBug: (error: unknown) => void): RequestListener {
  return (message, response) => {
    if (namesTwoHosts(message)) return void response.writeHead(400, { connection: "close" }).end();
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const signal = AbortSignal.any([stopping, gone.signal]);
    const serve = async (): Promise<void> => send(response, await handler(await readRequest(message), signal));
    serve().catch((error: unknown) => {
      // A client that leaves early or a world that stops is no bug; everything else is.
      const isExpected = signal.aborted || message.errored !== null;
      message.socket.destroy();
      if (!isExpected) onBug(error);
    });
  };
}

/** RFC 9112, section 3.2, has such a request refused. Node's server takes the first. */
const namesTwoHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length > 1;

async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const { rawHeaders } = message;
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
  return { method: message.method ?? "GET", path: message.url ?? "/", headers, body: Buffer.concat(chunks) };
}

async function send(response: ServerResponse, { answer, delivery }: Reply): Promise<void> {
  if (delivery === "lost") {
    response.socket?.destroy();
    return;
  }
  const body = Buffer.from(answer.body);
  // The world's clock sets Date, not Node's. Names go out as the answer writes them: `x-amzn-RequestId` is what AWS sends.
  response.sendDate = false;
  response.writeHead(answer.status, answer.headers.flat());
  if (answer.rest !== undefined) {
    response.write(body);
    await sendRest(response, answer.rest, delivery);
    return;
  }
  if (delivery === "whole") {
    // `end` corks the socket around head and body: one write. Older Go SDKs lose connections over two.
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.ceil(body.byteLength / 2)), () => response.socket?.destroy());
}

/** A stream that is cut breaks in the middle of its first event. */
async function sendRest(response: ServerResponse, rest: AsyncIterable<Uint8Array>, delivery: Delivery): Promise<void> {
  for await (const chunk of rest) {
    if (delivery === "cut") {
      response.write(chunk.subarray(0, Math.ceil(chunk.byteLength / 2)), () => response.socket?.destroy());
      return;
    }
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** Resolves when the client has read what was written, or has gone. */
async function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once("drain", resolve).once("close", resolve);
  await promise;
}
