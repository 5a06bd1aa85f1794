import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { run } from "../support/in-process.ts";

let server: Server;
afterEach(() => void server.close());

const good = '{"Parameters":[{"Name":"/p/a","Value":"1","Version":1}],"NextToken":""}';

/** A server that gives each answer in turn, the last one for ever. */
async function odd(...answers: ((response: ServerResponse) => void)[]): Promise<{ readonly env: Record<string, string>; calls(): number }> {
  let calls = 0;
  server = createServer((request, response) => {
    request.resume();
    request.on("end", () => answers[Math.min(calls++, answers.length - 1)]?.(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    env: { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "s" },
    calls: () => calls,
  };
}

const body =
  (text: string, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(text);

it.each([
  ["HTML", body("<html>hello</html>")],
  ["an empty body", body("")],
  [
    "half a body",
    (response: ServerResponse) => void response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy()),
  ],
  ["a list that is none", body('{"Parameters":"x"}')],
  ["a parameter without its value", body('{"Parameters":[{"Name":"/p/a"}]}')],
  ["a reset connection", (response: ServerResponse) => void response.destroy()],
])("comes over %s", async (_what, strange) => {
  const aws = await odd(strange, strange, body(good));
  const { code, out } = await run(aws, ["-paths=/p", "-print=json"]);
  expect([code, out, aws.calls()]).toEqual([0, '{\n  "A": "1"\n}\n', 3]);
});

it("follows no redirect: a signed request goes nowhere else", async () => {
  const aws = await odd(body("", 307, { location: "http://127.0.0.1:9/" }));
  expect((await run(aws, ["-paths=/p", "-print=json"])).code).toBe(1);
  expect(aws.calls()).toBe(1);
});

it("says that the server is no SSM when it stays so, without quoting it", async () => {
  const aws = await odd(body("<html>SECRET</html>"));
  const { code, err } = await run(aws, ["-paths=/p", "-print=json", "-max-attempts=2"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^ssmwrap: error: 127\.0\.0\.1:\d+ answered, but not what SSM answers \(not JSON\)\n/);
  expect(err).not.toContain("SECRET");
});

it("obeys the wait that the service asks for, within reason", async () => {
  const throttled = (after: string) => body('{"__type":"ThrottlingException"}', 400, { "x-amz-retry-after": after });
  const aws = await odd(throttled("1500"), throttled("9999999999999"), throttled("-5"), body(good));
  const { code, sleeps } = await run(aws, ["-paths=/p", "-print=json"]);
  expect([code, sleeps]).toEqual([0, [1500, 20_000, 0]]);
});

it("takes an empty token for the end, as Go never does", async () => {
  const aws = await odd(body(good));
  expect(await run(aws, ["-paths=/p", "-print=names"])).toMatchObject({ code: 0, out: "A\n", err: "" });
  expect(aws.calls()).toBe(1);
});

it("finds versions and labels where the server leaves the selector out", async () => {
  const aws = await odd(body('{"Parameters":[{"Name":"/p/a","Value":"old","Version":1},{"Name":"/p/b","Value":"live","Version":7}]}'));
  const { out } = await run(aws, ["-names=/p/a:1,/p/b:live", "-print=json"]);
  expect(JSON.parse(out)).toEqual({ A: "old", B: "live" });
});
