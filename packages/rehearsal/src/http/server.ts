import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { testServerCertificate, testServerKey } from "../tls/test-certificate.ts";

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** An HTTPS server with the test certificate, not listening yet. */
export const createTlsServer = (listener: RequestListener): HttpsServer =>
  createHttpsServer({ cert: testServerCertificate, key: testServerKey }, listener);

/** Answer on a port of 127.0.0.1; 0 picks a free one. */
export async function serve(listener: RequestListener, options: { port?: number; tls?: boolean } = {}): Promise<RunningServer> {
  const server = options.tls === true ? createTlsServer(listener) : createHttpServer(listener);
  return listen(server, options.port ?? 0);
}

/** Rejects with Node's error when the port is taken. */
export async function listen(server: HttpServer | HttpsServer, port: number): Promise<RunningServer> {
  // Clients pause between calls, and a connection that closes just then looks like an error of theirs.
  server.keepAliveTimeout = 60_000;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return {
    port: address.port,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
