import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import { createTlsServer, listen } from "../http/server.ts";

export interface ProxyOptions {
  /** With a user name, the proxy wants Basic credentials and answers 407 without them. */
  readonly username?: string;
  readonly password?: string;
}

/** One CONNECT as the proxy saw it. */
interface ProxyConnect {
  /** `host:port`. */
  readonly target: string;
  /** The raw Proxy-Authorization header. */
  readonly proxyAuthorization: string | undefined;
  readonly status: 200 | 407;
}

export interface Proxy extends AsyncDisposable {
  /** Without credentials. */
  readonly url: string;
  readonly connects: readonly ProxyConnect[];
  stop(): Promise<void>;
}

/** A CONNECT proxy behind which every host is this world, over TLS with a certificate of the test authority. */
export async function startProxy(listener: RequestListener, { username, password }: ProxyOptions): Promise<Proxy> {
  const connects: ProxyConnect[] = [];
  const tunnels = new Set<Duplex>();
  const tls = createTlsServer(listener);
  const expected = username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}`;
  const server = createServer((_, response) => {
    response.writeHead(405, { "Content-Type": "text/plain", Connection: "close" }).end("this proxy only does CONNECT\n");
  });
  server.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnels.add(socket);
    socket.once("close", () => tunnels.delete(socket)).on("error", () => socket.destroy());
    const proxyAuthorization = request.headers["proxy-authorization"];
    const isWelcome = expected === undefined || proxyAuthorization === expected;
    connects.push({ target: request.url ?? "", proxyAuthorization, status: isWelcome ? 200 : 407 });
    if (!isWelcome) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="rehearsal"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      );
      return;
    }
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.byteLength > 0) socket.unshift(head);
    // The TLS server takes the tunnel over as if it had accepted it itself.
    tls.emit("connection", socket);
  });
  const { port, close } = await listen(server, 0);
  const stop = async (): Promise<void> => {
    tls.closeAllConnections();
    for (const tunnel of tunnels) tunnel.destroy();
    await close();
  };
  return { url: `http://127.0.0.1:${port}`, connects, stop, [Symbol.asyncDispose]: stop };
}
