import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { promisify } from "node:util";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, describe, expect, it } from "vitest";
import platform from "./node.ts";
import type { HttpRequest } from "./seam.ts";

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

const ask = (url: string, more: Partial<HttpRequest> = {}) =>
  platform.send({ method: "GET", url, headers: {}, signal: new AbortController().signal, ...more });

/** Arguments for a Node of its own. */
const script = (call: string): string[] => [
  "--input-type=module",
  "-e",
  `import platform from ${JSON.stringify(new URL("node.ts", import.meta.url).href)}; ${call}`,
];

describe("an HTTP exchange", () => {
  it("sends method, headers and body, and gives status, headers and body", async () => {
    const url = await serve((request, response) => {
      const { method, headers } = request;
      request.setEncoding("utf8").on("data", (body: string) => {
        response
          .writeHead(418, { "X-Seen": `${method} ${headers["x-mine"]} ${headers.host} ${body}`, "Set-Cookie": ["a=1", "b=2"] })
          .end("隙間");
      });
    });
    const answer = await ask(url, { method: "POST", headers: { "x-mine": "1" }, body: "hello" });
    expect([answer.status, answer.body, answer.header("x-seen"), answer.header("set-cookie"), answer.header("x-none")]).toEqual([
      418,
      "隙間",
      `POST 1 ${new URL(url).host} hello`,
      "a=1, b=2",
      undefined,
    ]);
  });

  it("gives a body's bytes as they came", async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 256));
    const url = await serve((_, response) => response.end(bytes));
    const request = { method: "GET", url, headers: {}, signal: new AbortController().signal } as const;
    expect((await platform.sendForBytes(request)).body.equals(bytes)).toBe(true);
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
      sockets.push(socket);
      socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
    for (const leave of [() => sockets.at(-1)?.end(), () => sockets.at(-1)?.write("HTTP/1.1 408 Request Timeout\r\n\r\n"), () => {}]) {
      expect((await ask(url)).body).toBe("ok");
      const gone = sockets.at(-1);
      leave();
      if (gone !== undefined && sockets.length < 3) await once(gone, "close");
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
    expect((await Promise.all([ask(url), ask(url), ask(url)])).map(({ body }) => body)).toEqual(["x", "x", "x"]);
  });

  it("refuses a header that would become two", async () => {
    const url = await serve((_, response) => response.end());
    await expect(ask(url, { headers: { a: "b\r\nc: d" } })).rejects.toThrow(expect.objectContaining({ code: "ERR_INVALID_CHAR" }));
  });

  it("does not wait for a connection that nobody uses", async () => {
    const url = await serve((_, response) => response.end("x"));
    const call = `const { body } = await platform.send({ method: "GET", url: ${JSON.stringify(url)}, headers: {}, signal: new AbortController().signal }); console.log(body);`;
    expect((await promisify(execFile)(process.execPath, script(call))).stdout).toBe("x\n");
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

  it("goes through the proxy that is handed in, with its user and password decoded, and through no other", async () => {
    const aws = await rehearse();
    const proxy = await aws.startProxy({ username: "me", password: "p@ss word" });
    const ca = readFileSync(aws.caFile, "utf8");
    const url = "https://ssm.ap-northeast-1.amazonaws.com/_rehearsal/state";
    expect((await ask(url, { ca, proxy: proxy.url.replace("//", "//me:p%40ss%20word@") })).status).toBe(200);
    expect(proxy.connects).toEqual([
      {
        target: "ssm.ap-northeast-1.amazonaws.com:443",
        proxyAuthorization: `Basic ${Buffer.from("me:p@ss word").toString("base64")}`,
        status: 200,
      },
    ]);
  });
});

it("hashes as the standards' examples do", () => {
  // FIPS 180-4 "abc"; RFC 4231 test case 2.
  expect(platform.sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(Buffer.from(platform.hmacSha256("Jefe", "what do ya want for nothing?")).toString("hex")).toBe(mac);
  expect(platform.hmacSha256Hex(Buffer.from("Jefe"), "what do ya want for nothing?")).toBe(mac);
});

// Windows has no exec, and Node before 22.15 no execve.
describe.runIf(platform.canExec)("becoming another program", () => {
  const run = promisify(execFile);
  it("keeps the process id, and gives exactly the words and variables asked for", async () => {
    const call = `process.stderr.write(String(process.pid)); platform.execReplace({ paths: ["/bin/sh"], argv: ["app", "-c", 'echo "$$ $0 $A \${HOME-none}"'], env: { A: "b c" } })`;
    const { stdout, stderr } = await run(process.execPath, script(call));
    expect(stdout).toBe(`${stderr} app b c none\n`);
  });

  it("never shows the environment when an argument is refused", async () => {
    const call = String.raw`console.log(platform.execReplace({ paths: ["/bin/sh"], argv: ["a\0b"], env: { A: "hunter2" } }))`;
    const { stdout, stderr } = await run(process.execPath, script(call));
    expect([stdout, stderr.includes("hunter2")]).toEqual(["EINVAL\n", false]);
  });
});
