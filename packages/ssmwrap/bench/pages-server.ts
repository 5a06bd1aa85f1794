import { readFileSync } from "node:fs";
import { createServer as createPlain, type Socket } from "node:net";
import { createServer as createSecure } from "node:tls";

/**
 * A server of constant bodies, as its own process: `node pages-server.ts PAGES DELAY_MS [CERTIFICATE KEY]` prints its port.
 * GetParametersByPath has PAGES pages of ten parameters; the token is the number of the next page.
 */
const [pages = "2", delayMs = "0", certificate, key] = process.argv.slice(2);

function answer(page: number): Buffer {
  const parameters = Array.from({ length: 10 }, (_, at) => ({
    ARN: `arn:aws:ssm:ap-northeast-1:123456789012:parameter/prod/KEY_${page}_${at}`,
    DataType: "text",
    LastModifiedDate: 1_700_000_000.5,
    Name: `/prod/KEY_${page}_${at}`,
    Type: "SecureString",
    Value: "v".repeat(40),
    Version: 1,
  }));
  const body = JSON.stringify({ Parameters: parameters, ...(page < Number(pages) ? { NextToken: String(page + 1) } : {}) });
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const answers = Array.from({ length: Number(pages) + 1 }, (_, page) => answer(page));

/** Answer each request as soon as its body is whole. */
function serve(socket: Socket): void {
  let received = "";
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    received += bytes.toString("latin1");
    for (let head = received.indexOf("\r\n\r\n"); head >= 0; head = received.indexOf("\r\n\r\n")) {
      const end = head + 4 + Number(/content-length: *(\d+)/i.exec(received.slice(0, head))?.[1] ?? 0);
      if (received.length < end) return;
      const page = Number(/"NextToken":"(\d+)"/.exec(received.slice(head, end))?.[1] ?? 1);
      received = received.slice(end);
      const bytesOut = answers[page] ?? Buffer.alloc(0);
      if (delayMs === "0") socket.write(bytesOut);
      else setTimeout(() => socket.write(bytesOut), Number(delayMs));
    }
  });
}

const server =
  certificate === undefined || key === undefined
    ? createPlain(serve)
    : createSecure({ cert: readFileSync(certificate), key: readFileSync(key) }, serve);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});
