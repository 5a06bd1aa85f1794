import { Interrupted } from "@sukima/core";
import { startRehearsal } from "@sukima/rehearsal";
import { expect, it } from "vitest";
import { run, variables } from "../support/in-process.ts";

const many = (path: string, count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${path}/K${String(at).padStart(2, "0")}`, `v${at}`]));

/** A rehearsal for one test. */
const world = (parameters: Record<string, string>) => startRehearsal({ world: { parameters } });

const inputs = (calls: readonly { readonly request: { readonly body: string } }[]): Record<string, unknown>[] =>
  calls.map(({ request }) => JSON.parse(request.body));

it("asks for 25 exact names in three calls, and eleven do not fail", async () => {
  await using aws = await world(many("/n", 25));
  const rules = Array.from({ length: 25 }, (_, at) => ["-env", `path=/n/K${String(at).padStart(2, "0")}`]).flat();
  expect(Object.keys(await variables(aws, rules))).toHaveLength(25);
  expect(inputs(aws.calls("ssm:GetParameters")).map(({ Names }) => Array.isArray(Names) && Names.length)).toEqual([10, 10, 5]);
  expect(Object.keys(await variables(aws, rules.slice(0, 22)))).toHaveLength(11);
});

it("pages a path by ten and decrypts", async () => {
  await using aws = await world(many("/p", 23));
  expect(Object.keys(await variables(aws, ["-paths=/p"]))).toHaveLength(23);
  expect(inputs(aws.calls("ssm:GetParametersByPath")).map(({ NextToken, ...rest }) => [rest, typeof NextToken])).toEqual([
    [{ Path: "/p", Recursive: true, WithDecryption: true, MaxResults: 10 }, "undefined"],
    [{ Path: "/p", Recursive: true, WithDecryption: true, MaxResults: 10 }, "string"],
    [{ Path: "/p", Recursive: true, WithDecryption: true, MaxResults: 10 }, "string"],
  ]);
});

it("goes on after an empty page that carries a token", async () => {
  await using aws = await world(many("/p", 12));
  aws.fault({ service: "ssm", operation: "GetParametersByPath", kind: "empty-page", times: 2 });
  expect(Object.keys(await variables(aws, ["-paths=/p"]))).toHaveLength(12);
});

it("asks for a covered path or name only once", async () => {
  await using aws = await world({ "/p/a": "1", "/p/x/b": "2", "/p/x/y/c": "3" });
  const argv = ["-env", "path=/p/**/*", "-env", "path=/p/x/*,prefix=X_", "-env", "path=/p/x/y/**/*,prefix=Y_", "-env", "path=/p/a,to=ONE"];
  expect(await variables(aws, argv)).toEqual({ A: "1", B: "2", C: "3", X_B: "2", Y_C: "3", ONE: "1" });
  expect(aws.journal).toHaveLength(1);
});

it("retries the page that failed and not the whole path, with growing random waits", async () => {
  await using aws = await world(many("/p", 25));
  aws.fail("ssm:GetParametersByPath", "ThrottlingException", { after: 1, times: 4 });
  const { code, sleeps } = await run(aws, ["-paths=/p", "-print", "json"]);
  expect([code, sleeps]).toEqual([0, [750, 1500, 3000, 6000]]);
  expect(aws.calls("ssm:GetParametersByPath")).toHaveLength(7);
});

it.each([
  ["-retries 1 makes two calls", ["-retries", "1"], {}, 2],
  ["-retries 0 means the default of ten", ["-retries=0"], {}, 10],
  ["-max-attempts is a total", ["-max-attempts=3"], {}, 3],
  ["-max-attempts wins over -retries", ["-max-attempts=3", "-retries=7"], {}, 3],
  ["AWS_MAX_ATTEMPTS is a total", [], { AWS_MAX_ATTEMPTS: "4" }, 4],
  ["a flag wins over AWS_MAX_ATTEMPTS", ["-retries=1"], { AWS_MAX_ATTEMPTS: "4" }, 2],
  ["SSMWRAP_RETRIES is read", [], { SSMWRAP_RETRIES: "2" }, 3],
])("%s", async (_what, argv, env, calls) => {
  await using aws = await world({ "/p/a": "secret-value" });
  aws.fail("ssm:GetParametersByPath", "ThrottlingException");
  const { code, out, err } = await run(aws, [...argv, "-paths=/p", "-print", "json"], { env });
  expect([code, out, aws.journal.length]).toEqual([1, "", calls]);
  expect(err).toContain("ssm:GetParametersByPath on /p was throttled on every attempt");
});

it.each([
  ["a 5xx", { kind: "error", code: "InternalServerError", status: 500 }],
  ["an answer cut in half", { kind: "cut" }],
  ["an answer that never comes", { kind: "lost-answer" }],
] as const)("comes over %s", async (_what, fault) => {
  await using aws = await world({ "/p/a": "1" });
  aws.fault({ service: "ssm", operation: "GetParametersByPath", times: 3, ...fault });
  expect(await variables(aws, ["-paths=/p"])).toEqual({ A: "1" });
  expect(aws.journal).toHaveLength(4);
});

it.each([
  ["a path", "ssm:GetParametersByPath", ["-paths=/p/"], "ssm:GetParametersByPath on /p/ was refused for arn:"],
  ["names", "ssm:GetParameters", ["-names=/p/a,/p/b"], "ssm:GetParameters on /p/a, /p/b was refused for arn:"],
])("does not retry a refusal of %s, and names the action to allow", async (_what, action, argv, sentence) => {
  await using aws = await world({ "/p/a": "1", "/p/b": "2" });
  aws.deny(action, "/p*");
  const { code, err } = await run(aws, [...argv, "-print", "json"]);
  expect([code, aws.journal.length]).toEqual([1, 1]);
  expect(err).toContain(sentence);
  expect(err).toContain(`hint: allow ${action}`);
});

it("names the key when KMS refuses", async () => {
  await using aws = await startRehearsal({
    world: {
      kms: { keys: { "alias/locked": { deny: true } } },
      parameters: { "/p/a": { value: "x", type: "SecureString", keyId: "alias/locked" } },
    },
  });
  const { code, err } = await run(aws, ["-names=/p/a", "-print", "json"]);
  expect(code).toBe(1);
  expect(err).toMatch(/decryption was refused for \/p\/a/);
  expect(err).toMatch(/allow kms:Decrypt/);
});

it("gives up at the deadline, whatever it waits for, and lists what is missing", async () => {
  await using aws = await world({ "/p/a": "1" });
  aws.fail("ssm:*", "ThrottlingException");
  const { code, err, sleeps } = await run(aws, ["-timeout", "3s", "-paths=/p", "-names=/q/x", "-print", "json"]);
  expect(code).toBe(1);
  expect(err).toContain("timed out after 3 s while fetching /p, /q/x");
  expect(Math.max(...sleeps)).toBeLessThan(3000);
});

it("waits a random part of -splay before the first call", async () => {
  await using aws = await world({ "/p/a": "1" });
  const { sleeps, err } = await run(aws, ["-splay=40s", "-paths=/p", "-print", "json", "-log-level=info"]);
  expect(sleeps).toEqual([20_000]);
  expect(err).toContain("ssmwrap: waiting before the first call ms=20000\n");
});

it("tells calls, retries, throttles and time when asked", async () => {
  await using aws = await world(many("/p", 12));
  aws.fail("ssm:GetParametersByPath", "ThrottlingException", { times: 1 });
  const { err } = await run(aws, ["-paths=/p", "-print", "names", "-log-level=info"]);
  expect(err).toBe("ssmwrap: fetched calls=3 retries=1 throttles=1 ms=750\n");
});

it("runs four calls at once, or as many as -concurrency says, and no more", async () => {
  await using aws = await world(many("/a", 1));
  aws.fault({ service: "ssm", operation: "*", kind: "slow", ms: 60_000 });
  for (const [argv, expected] of [
    [["-paths=/a,/b,/c,/d,/e,/f"], 4],
    [["-paths=/a,/b,/c,/d,/e,/f", "-concurrency=2"], 6],
  ] as const) {
    const stop = new AbortController();
    const running = run(aws, [...argv, "-print", "json"], { signal: stop.signal });
    await aws.saw("ssm:GetParametersByPath", { count: expected });
    stop.abort(new Interrupted("SIGTERM"));
    await expect(running).rejects.toThrow("stopped by SIGTERM");
    expect(aws.journal).toHaveLength(expected);
  }
});

it("takes a parameter of another region by its ARN from that region", async () => {
  await using aws = await startRehearsal({
    world: { parameters: { "/p/a": "home" }, regions: { "us-west-2": { parameters: { "/p/a": "away" } } } },
  });
  const argv = ["-env", "path=/p/a", "-env", "path=arn:aws:ssm:us-west-2:123456789012:parameter/p/a,to=AWAY"];
  expect(await variables(aws, argv)).toEqual({ A: "home", AWAY: "away" });
});

it("signs with the service's time when the own clock is wrong", async () => {
  await using aws = await world({ "/p/a": "1" });
  aws.clock.advance(3_600_000);
  aws.fail("ssm:GetParametersByPath", "InvalidSignatureException", { times: 1, message: "Signature expired", status: 400 });
  expect(await variables(aws, ["-paths=/p"])).toEqual({ A: "1" });
  const dates = aws.journal.map(({ request }) => request.headers["x-amz-date"] ?? "");
  expect(dates[0]?.slice(0, 11)).not.toBe(dates[1]?.slice(0, 11));
});
