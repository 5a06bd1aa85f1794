import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { HttpAnswer, HttpRequest } from "../src/platform/seam.ts";
import { type Runtime, runtimes, startRuntime } from "./support/runtimes.ts";

const open: (Server | Rehearsal)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    if ("stop" in one) await one.stop();
    else one.close().closeAllConnections();
  }
});

/** A plain server, and its URL. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
}

async function rehearse(options: Parameters<typeof startRehearsal>[0] = {}): Promise<Rehearsal> {
  const aws = await startRehearsal(options);
  open.push(aws);
  return aws;
}

const text = ({ body }: HttpAnswer<Buffer>): string => body.toString("utf8");

describe.each(runtimes)("an exchange in %s", (_name, executable) => {
  let runtime: Runtime;
  beforeAll(() => {
    runtime = startRuntime(executable);
  });
  // Connections that nobody uses do not keep the process.
  afterAll(() => runtime.end());
  const ask = (url: string, more: Partial<HttpRequest> = {}, names: readonly string[] = []): Promise<HttpAnswer<Buffer>> =>
    runtime.ask({ method: "GET", url, headers: {}, signal: new AbortController().signal, ...more }, names);

  it("sends method, headers and body, and gives status, headers and body", async () => {
    const url = await serve((request, response) => {
      const { method, headers } = request;
      request.setEncoding("utf8").on("data", (body: string) => {
        response
          .writeHead(418, { "X-Seen": `${method} ${headers["x-mine"]} ${headers.host} ${body}`, "Set-Cookie": ["a=1", "b=2"] })
          .end("隙間");
      });
    });
    const wanted = ["x-seen", "set-cookie", "x-none"];
    const answer = await ask(url, { method: "POST", headers: { "x-mine": "1" }, body: "hello" }, wanted);
    expect([answer.status, text(answer), ...wanted.map((name) => answer.header(name))]).toEqual([
      418,
      "隙間",
      `POST 1 ${new URL(url).host} hello`,
      "a=1, b=2",
      undefined,
    ]);
  });

  it("names the host once, also when the headers do, as those of a signed request", async () => {
    const url = await serve(({ rawHeaders }, response) => response.end(rawHeaders.join("\n").toLowerCase()));
    const signed: Record<string, string> = { host: new URL(url).host };
    for (const headers of [{}, signed])
      expect(
        text(await ask(url, { headers }))
          .split("\n")
          .filter((word) => word === "host"),
      ).toHaveLength(1);
  });

  it("gives a body's bytes as they came", async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 256));
    const url = await serve((_, response) => response.end(bytes));
    expect((await ask(url)).body.equals(bytes)).toBe(true);
  });

  it("sends what the connection does not take at once", async () => {
    const url = await serve(async (request, response) => {
      let length = 0;
      for await (const chunk of request) length += chunk.length;
      response.end(String(length));
    });
    expect(text(await ask(url, { method: "POST", body: "隙".repeat(3_000_000) }))).toBe("9000000");
  });

  it("takes the connection's end for that of a body without a length", async () => {
    const url = await serve(({ socket }) => void socket.end("HTTP/1.1 200 OK\r\n\r\nhello"));
    expect(text(await ask(url))).toBe("hello");
  });

  it("does not follow redirections", async () => {
    const url = await serve((_, response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end());
    expect((await ask(url)).status).toBe(302);
  });

  it("uses one connection for exchanges that follow each other", async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("x".repeat(100_000));
    });
    for (let n = 0; n < 3; n++) await ask(url);
    expect(ports.size).toBe(1);
  });

  it("opens a new connection when the old one has been closed in the meantime, or has said what nobody asked for", async () => {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => {
      sockets.push(socket.on("error", () => {}));
      socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
    for (const leave of [() => sockets.at(-1)?.end(), () => sockets.at(-1)?.write("HTTP/1.1 408 Request Timeout\r\n\r\n"), () => {}]) {
      expect(text(await ask(url))).toBe("ok");
      const gone = sockets.at(-1);
      leave();
      if (sockets.length < 3) await new Promise((resolve) => gone?.once("close", resolve));
    }
    expect(sockets).toHaveLength(3);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it("asks for several things at once, each on a connection of its own", async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      if (ports.size === 3) setImmediate(() => waiting.forEach((one) => one.end("x")));
      waiting.push(response);
    });
    const waiting: ServerResponse[] = [];
    expect((await Promise.all([ask(url), ask(url), ask(url)])).map(text)).toEqual(["x", "x", "x"]);
  });

  it("refuses a header that would become two", async () => {
    const url = await serve((_, response) => response.end());
    await expect(ask(url, { headers: { a: "b\r\nc: d" } })).rejects.toThrow(/bad character|invalid value/);
  });

  it("fails when the answer is cut, and when nobody listens", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": "100" }).write("half");
      setImmediate(() => response.destroy());
    });
    await expect(ask(url)).rejects.toThrow(expect.objectContaining({ code: "ECONNRESET" }));
    await expect(ask("http://127.0.0.1:1/")).rejects.toThrow(expect.objectContaining({ code: "ECONNREFUSED" }));
  });

  it("ends with the signal's reason, before the answer and in the middle of it", async () => {
    const controller = new AbortController();
    const url = await serve((_, response) => {
      response.writeHead(200).write("half");
      controller.abort(new Error("stop"));
    });
    await expect(ask(url, { signal: controller.signal })).rejects.toThrow("stop");
    await expect(ask(url, { signal: controller.signal })).rejects.toThrow("stop");
  });

  it("trusts the certificates that are handed in, and then no others", async () => {
    const aws = await rehearse({ tls: true });
    const url = `${aws.url}/_rehearsal/state`;
    expect((await ask(url, { ca: readFileSync(aws.caFile, "utf8") })).status).toBe(200);
    await expect(ask(url)).rejects.toThrow(expect.objectContaining({ code: expect.stringMatching(/CERT|ISSUER|VERIFY/) }));
  });

  it("checks that a certificate is for the host, also when its authority is trusted", async () => {
    const aws = await rehearse({ tls: true });
    const url = aws.url.replace(/localhost|127\.0\.0\.1/, "0.0.0.0");
    await expect(ask(url, { ca: readFileSync(aws.caFile, "utf8") })).rejects.toThrow(
      expect.objectContaining({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }),
    );
  });
});
