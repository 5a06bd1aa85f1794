import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf } from "./clients.ts";

let aws: Rehearsal;

beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual" });
});

afterEach(() => aws.stop());

async function control(method: string, name: string, body?: unknown): Promise<[number, unknown]> {
  const answer = await fetch(`${aws.url}/_rehearsal/${name}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return [answer.status, await answer.json()];
}

it("gives the journal as JSON lines with exactly the documented fields", async () => {
  await clientsOf(aws).ssm.send(new PutParameterCommand({ Name: "/x", Value: "ü", Type: "String" }));
  await fetch(`${aws.url}/odd?q=1`, { method: "POST", body: new Uint8Array([0xff, 0x00]) });
  const lines = (await (await fetch(`${aws.url}/_rehearsal/journal`)).text()).trimEnd().split("\n");
  const [first, second, ...rest] = lines.map((line): Record<string, Record<string, unknown>> => JSON.parse(line));
  expect(rest).toEqual([]);
  expect(first).toEqual({
    n: 1,
    time: aws.clock.now().toISOString(),
    service: "ssm",
    operation: "PutParameter",
    request: {
      method: "POST",
      path: "/",
      headers: expect.objectContaining({ authorization: expect.stringContaining("AWS4"), host: expect.any(String) }),
      body: '{"Name":"/x","Value":"ü","Type":"String"}',
    },
    response: {
      status: 200,
      headers: expect.objectContaining({ "x-amzn-RequestId": expect.any(String), "Content-Length": "31" }),
      body: '{"Version":1,"Tier":"Standard"}',
    },
  });
  expect(second?.["request"]).toMatchObject({ path: "/odd?q=1", body: "", bodyBase64: "/wA=" });
});

it("adds, lists and clears faults", async () => {
  const fault = { service: "ssm", operation: "GetParameter", kind: "throttle", times: 1 };
  expect(await control("POST", "faults", [fault])).toEqual([200, [fault]]);
  expect(await control("GET", "faults")).toEqual([200, [fault]]);
  expect(await control("DELETE", "faults")).toEqual([200, []]);
});

it("moves the clock", async () => {
  const later = new Date(aws.clock.now().getTime() + 90_000).toISOString();
  expect(await control("POST", "clock", { advance: "90s" })).toEqual([200, { now: later }]);
  expect(await control("GET", "clock")).toEqual([200, { now: later }]);
});

it("shows the world without the values of secrets", async () => {
  const [status, state] = await control("GET", "state");
  expect(status).toBe(200);
  expect(state).toMatchObject({
    account: "123456789012",
    homeRegion: "ap-northeast-1",
    denials: [],
    containerCredentials: aws.containerCredentials,
    faults: [],
  });
  expect(JSON.stringify(state)).toContain("db.prod.internal");
  expect(JSON.stringify(state)).not.toContain("correct-horse");
});

it.each([
  ["POST", "faults", { service: "ssm" }, 400, "the input: expected array, received object"],
  [
    "POST",
    "faults",
    [{ service: "ssm", kind: "throttel" }],
    400,
    "[0].kind: expected one of throttle, error, slow, cut, lost-answer, empty-page, expired-iterator, partial",
  ],
  ["POST", "faults", [{ service: "ssm", kind: "slow", sm: 1 }], 400, "[0].sm: unknown key, did you mean ms?"],
  ["POST", "faults", "{", 400, "the request body is not JSON"],
  ["POST", "clock", { advance: "soon" }, 400, 'advance: expected a duration such as 90s or 2m, got "soon"'],
  ["POST", "clock", { advnce: "1s" }, 400, "advance: expected string, but it is missing\nadvnce: unknown key, did you mean advance?"],
  ["POST", "events", { spto: {} }, 400, "spto: unknown key, did you mean spot?"],
  ["POST", "events", { spot: { in: "x" } }, 400, 'spot.in: expected a duration such as 90s or 2m, got "x"'],
  ["GET", "jurnal", undefined, 404, "no control endpoint jurnal, did you mean journal?"],
  ["DELETE", "state", undefined, 405, "/_rehearsal/state does not answer DELETE"],
])("answers %s %s %j with %i and the place", async (method, name, body, status, error) => {
  expect(await control(method, name, body)).toEqual([status, { error }]);
});
