import type { Socket } from "node:net";
import { type RawAnswer, readAnswer } from "./http-answer.ts";
import type { HttpAnswer, HttpRequest } from "./seam.ts";

// Exchanges over connections of our own. node:http would do the same, and takes a run of ssmwrap 6 of 50 ms longer (measured on Node 24).

const nothing = (): void => {};

function drop(this: Socket): void {
  this.destroy();
}

/** Connections that wait for the next exchange, by where they lead. */
const idle = new Map<string, Socket[]>();

function connect({ protocol, hostname, port }: URL, ca: string | undefined): Socket {
  const host = hostname.replace(/^\[|\]$/g, "");
  // Loaded with the first request; a bundled import() would copy the module's exports each time, half a millisecond.
  const { connect: open, isIP } = process.getBuiltinModule("node:net");
  if (protocol !== "https:") return open({ host, port: Number(port || 80) });
  return process.getBuiltinModule("node:tls").connect({
    host,
    port: Number(port || 443),
    // A name, to tell the server; the certificate is checked against the host in any case.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ["http/1.1"],
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
  });
}

function connection(url: URL, ca: string | undefined, key: string): Socket {
  const waiting = idle.get(key) ?? [];
  for (let socket = waiting.pop(); socket !== undefined; socket = waiting.pop()) {
    if (socket.destroyed || !socket.writable) continue;
    return socket.off("data", drop).ref();
  }
  // An error that comes when nobody waits any more must not end the process.
  return connect(url, ca).setNoDelay(true).on("error", nothing);
}

function park(socket: Socket, key: string): void {
  // Bytes that nobody asked for: not to be taken for the next answer.
  socket.once("data", drop).unref();
  idle.set(key, [...(idle.get(key) ?? []), socket]);
}

/** The bytes of a request. Throws for what would not stay in its line. */
function bytesOf({ method, headers, body = "" }: HttpRequest, { host, pathname, search }: URL): Buffer {
  const content = Buffer.from(body);
  const length = method === "GET" && body === "" ? {} : { "content-length": String(content.length) };
  const lines = Object.entries({ host, ...headers, ...length }).map(([name, value]) => {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw Object.assign(new Error(`bad character in the header ${name}`), { code: "ERR_INVALID_CHAR" });
    return `${name}: ${value}\r\n`;
  });
  return Buffer.concat([Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), content]);
}

/** Send a request and wait for its answer, or for the end of the connection or of our patience. */
function converse(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const reading = readAnswer();
    reading.next();
    const settle = (): void => {
      socket.off("data", feed).off("end", feed).off("close", close).off("error", fail);
      signal.removeEventListener("abort", stop);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const feed = (more?: Buffer): void => {
      try {
        const { done, value } = reading.next(more);
        if (done !== true) return;
        settle();
        resolve(value);
      } catch (error) {
        fail(error);
      }
    };
    const close = (): void => feed();
    const stop = (): void => fail(signal.reason);
    signal.addEventListener("abort", stop);
    socket.on("data", feed).on("end", feed).on("close", close).on("error", fail);
    socket.write(bytes);
  });
}

/** An exchange without a proxy. Connections are kept, so that the pages of a path share one. */
export async function exchange(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  const { signal, ca } = request;
  const url = new URL(request.url);
  const bytes = bytesOf(request, url);
  const key = `${url.origin} ${ca}`;
  signal.throwIfAborted();
  const socket = connection(url, ca, key);
  const { status, headers, body, mayGoOn } = await converse(socket, bytes, signal);
  if (mayGoOn) park(socket, key);
  else socket.destroy();
  return { status, header: (name) => headers.get(name), body };
}
