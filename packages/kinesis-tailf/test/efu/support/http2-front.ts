import { request } from "node:http";
import { createServer, type ServerHttp2Stream } from "node:http2";

export interface Http2Front extends AsyncDisposable {
  readonly url: string;
  /** Requests that are being answered. */
  readonly streams: ReadonlySet<ServerHttp2Stream>;
  /** Resolves when the next of them is over, in whatever way. */
  over(): Promise<void>;
}

/** An HTTP/2 server in front of an HTTP/1.1 one, as AWS speaks to whoever subscribes. */
export async function http2Front(target: string): Promise<Http2Front> {
  const streams = new Set<ServerHttp2Stream>();
  const waiting: (() => void)[] = [];
  const server = createServer();
  server.on("stream", (stream, all) => {
    const { ":path": path, ":method": method, ":authority": host = "", ":scheme": _scheme, authorization = "", ...headers } = all;
    // HTTP/2 signs the authority, of which the request behind has a host.
    const signed = { authorization: authorization.replace(":authority", "host"), host };
    streams.add(stream);
    stream.on("error", () => {});
    const inner = request(target, { path, method, agent: false, headers: { ...headers, ...signed } });
    stream.once("close", () => {
      streams.delete(stream);
      inner.destroy();
      for (const resolve of waiting.splice(0)) resolve();
    });
    inner.on("error", () => stream.destroy());
    inner.on("response", (answer) => {
      const { connection: _connection, "transfer-encoding": _encoding, "keep-alive": _keep, ...rest } = answer.headers;
      stream.respond({ ":status": answer.statusCode, ...rest });
      answer.pipe(stream);
    });
    stream.pipe(inner);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    streams,
    over: () => new Promise((resolve_) => waiting.push(resolve_)),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const stream of streams) stream.session?.destroy();
      await closed;
    },
  };
}
