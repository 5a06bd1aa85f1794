import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RawAnswer, readAnswer } from "./http-answer.ts";

/** What is read of these pieces; the last one is followed by the connection's end. */
function read(...pieces: readonly (string | Buffer)[]): RawAnswer | "wants more" {
  const reading = readAnswer();
  reading.next();
  for (const piece of [...pieces.map((one) => Buffer.from(one)), undefined]) {
    const step = reading.next(piece);
    if (step.done === true) return step.value;
  }
  return "wants more";
}

const shown = (answer: ReturnType<typeof read>) =>
  answer === "wants more" ? answer : [answer.status, answer.body.toString("utf8"), answer.mayGoOn];

describe("the end of a body", () => {
  it.each<[string, string, unknown[]]>([
    ["is told by its length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", [200, "hello", true]],
    ["is at once for a length of 0", "HTTP/1.1 400 \r\ncontent-length: 0\r\n\r\n", [400, "", true]],
    ["is at once for 204", "HTTP/1.1 204\r\n\r\n", [204, "", true]],
    [
      "comes behind the last chunk",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n, everyone\r\n0\r\n\r\n",
      [200, "hello, everyone", true],
    ],
    ["comes behind trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\nx-sum: 1\r\n\r\n", [200, "a", true]],
    ["is the connection's end otherwise", "HTTP/1.1 200 OK\r\n\r\nhello", [200, "hello", false]],
  ])("%s", (_how, text, expected) => {
    expect(shown(read(text))).toEqual(expected);
  });

  it("is the same however the bytes come", () => {
    const whole = Buffer.from(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\n6\r\n隙間\r\n1\r\n!\r\n0\r\n\r\n",
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(whole.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        expect(shown(read(...pieces))).toEqual([200, "隙間!", true]);
      }),
    );
  });
});

it("joins headers that come twice, and knows them by their lower-case names", () => {
  const answer = read("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nEMPTY:\r\nset-cookie:\t b=2 \r\nContent-Length: 0\r\n\r\n");
  expect(answer === "wants more" ? answer : Object.fromEntries(answer.headers)).toEqual({
    "set-cookie": "a=1, b=2",
    empty: "",
    "content-length": "0",
  });
});

it.each([
  ["the server says close", "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\na"],
  ["the server speaks HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na"],
  ["more came than the answer", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"],
])("does not use a connection again when %s", (_why, text) => {
  expect(shown(read(text))).toEqual([200, "a", false]);
});

it.each([
  ["nothing", ""],
  ["half a head", "HTTP/1.1 200 OK\r\nContent-Le"],
  ["half a body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"],
  ["half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"],
  ["no last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
])("tells a connection that gives %s as cut", (_what, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "ECONNRESET" }));
});

it.each([
  ["another protocol", "SSH-2.0-OpenSSH_9.9\r\n"],
  ["HTTP/2", "HTTP/2 200\r\n\r\n"],
  ["a header without a name", "HTTP/1.1 200 OK\r\nhello\r\n\r\n"],
  ["a folded header", "HTTP/1.1 200 OK\r\na: b\r\n c\r\n\r\n"],
  ["a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"],
  ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na"],
  ["a length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["an unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
  ["a chunk's size that is no number", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"],
  ["a chunk longer than its size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"],
  ["an endless line", `HTTP/1.1 200 ${"x".repeat(70_000)}`],
  ["endless headers", `HTTP/1.1 200 OK\r\n${`a: ${"x".repeat(60_000)}\r\n`.repeat(2)}\r\n`],
])("refuses %s", (_what, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "EPROTO" }));
});
