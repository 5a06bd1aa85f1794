import { GetParameterCommand, GetParametersByPathCommand, paginateGetParametersByPath, PutParameterCommand } from "@aws-sdk/client-ssm";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultInput, type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";

let aws: Rehearsal;
let clients: ReturnType<typeof clientsOf>;

beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual" });
  clients = clientsOf(aws);
});

afterEach(() => aws.stop());

const read = () => clients.ssm.send(new GetParameterCommand({ Name: "/prod/DB_HOST" }));
const outcome = async (): Promise<string> =>
  read().then(
    () => "ok",
    (error: Error) => error.name,
  );
const outcomes = async (count: number): Promise<string[]> => {
  const all: string[] = [];
  for (let at = 0; at < count; at += 1) all.push(await outcome());
  return all;
};

describe("errors", () => {
  it("strike so often, after so many calls", async () => {
    aws.fail("ssm:GetParameter", "ThrottlingException", { after: 1, times: 2 });
    expect(await outcomes(5)).toEqual(["ok", "ThrottlingException", "ThrottlingException", "ok", "ok"]);
    expect(aws.calls("ssm:GetParameter").map(({ fault }) => fault)).toEqual([undefined, "error", "error", undefined, undefined]);
  });

  it("take the status and the text member of the service's model", async () => {
    aws.fail("ssm:GetParameter", "InternalServerError", { times: 1 });
    aws.fault({ service: "sts", kind: "throttle", times: 1 });
    aws.fault({ service: "secretsmanager", kind: "error", times: 1 });
    await refusal(read());
    expect((await refusal(clients.sts.send(new GetCallerIdentityCommand({})))).message).toBe("Rate exceeded");
    expect((await refusal(clients.secrets.send(new ListSecretsCommand({})))).name).toBe("InternalServiceError");
    expect(aws.journal.map(({ response }) => response?.status)).toEqual([500, 400, 500]);
  });

  it("are survived by the SDK's own retries", async () => {
    aws.fail("ssm:GetParameter", "ThrottlingException", { times: 1 });
    const patient = clientsOf(aws, { maxAttempts: 3 });
    expect((await patient.ssm.send(new GetParameterCommand({ Name: "/prod/DB_HOST" }))).Parameter?.Value).toBe("db.prod.internal");
  });

  it("by rate are the same calls for the same seed", async () => {
    const run = async (seed: number): Promise<string[]> => {
      await aws.stop();
      aws = await startRehearsal({ seed });
      clients = clientsOf(aws);
      aws.fault({ service: "ssm", kind: "throttle", rate: 0.5 });
      return outcomes(20);
    };
    const first = await run(7);
    expect(new Set(first)).toEqual(new Set(["ok", "ThrottlingException"]));
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  it("end when faults are cleared", async () => {
    aws.fail("ssm:*", "ThrottlingException");
    expect(await outcomes(1)).toEqual(["ThrottlingException"]);
    aws.clearFaults();
    expect(await outcomes(1)).toEqual(["ok"]);
  });
});

describe("a limit", () => {
  it("is a token bucket on the world's clock", async () => {
    aws.fault({ service: "ssm", operation: "Get*", kind: "throttle", limit: { perSecond: 2, burst: 3 } });
    expect(await outcomes(4)).toEqual(["ok", "ok", "ok", "ThrottlingException"]);
    aws.clock.advance(1000);
    expect(await outcomes(3)).toEqual(["ok", "ok", "ThrottlingException"]);
  });
});

describe("trouble on the way", () => {
  const put = () => clients.ssm.send(new PutParameterCommand({ Name: "/new", Value: "v", Type: "String" }));

  it("loses the answer of an action that has happened", async () => {
    aws.fault({ service: "ssm", operation: "PutParameter", kind: "lost-answer", times: 1 });
    await expect(put()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await refusal(put())).name).toBe("ParameterAlreadyExists");
    expect(aws.calls("ssm:PutParameter")[0]).toMatchObject({ fault: "lost-answer", response: { status: 200 } });
  });

  it("cuts the body in the middle", async () => {
    aws.fault({ service: "ssm", kind: "cut", times: 1 });
    await expect(read()).rejects.toThrow(/aborted|terminated|ECONNRESET|hang up/);
    expect(aws.journal[0]?.fault).toBe("cut");
    expect(await outcome()).toBe("ok");
  });

  it("waits real milliseconds, and gives up waiting when the client leaves", async () => {
    aws.fault({ service: "ssm", kind: "slow", ms: 60_000 });
    const leaving = new AbortController();
    const call = clients.ssm.send(new GetParameterCommand({ Name: "/prod/DB_HOST" }), { abortSignal: leaving.signal });
    const [entry] = await aws.saw("ssm:GetParameter");
    expect(entry?.response).toBeUndefined();
    leaving.abort();
    await expect(call).rejects.toThrow(/abort/i);
  });

  it("delays and fails the same call", async () => {
    aws.fault({ service: "ssm", kind: "slow", ms: 1 });
    aws.fail("ssm:GetParameter", "InternalServerError");
    expect((await refusal(read())).name).toBe("InternalServerError");
  });
});

describe("an empty page", () => {
  it("carries a token that goes on from the same place, so that nothing is lost", async () => {
    aws.fault({ service: "ssm", operation: "GetParametersByPath", kind: "empty-page", times: 2 });
    const sizes: number[] = [];
    for await (const { Parameters } of paginateGetParametersByPath(
      { client: clients.ssm },
      { Path: "/prod", Recursive: true, MaxResults: 2 },
    )) {
      sizes.push(Parameters?.length ?? -1);
    }
    expect(sizes).toEqual([0, 0, 2, 1]);
  });

  it("comes from Secrets Manager too", async () => {
    aws.fault({ service: "secretsmanager", operation: "ListSecrets", kind: "empty-page", times: 1 });
    expect(await clients.secrets.send(new ListSecretsCommand({}))).toMatchObject({ SecretList: [], NextToken: expect.any(String) });
  });
});

describe("a fault that cannot be", () => {
  it.each<[FaultInput, string]>([
    [{ service: "ssn", kind: "throttle" }, "[0].service: no service ssn is played, did you mean ssm?"],
    [
      { service: "ssm", operation: "GetParametrs", kind: "throttle" },
      "[0].operation: ssm does not play GetParametrs, did you mean GetParameters?",
    ],
    [{ service: "ssm", kind: "slow" }, "[0].ms: slow needs a number of milliseconds"],
    [{ service: "ssm", kind: "expired-iterator" }, "[0].kind: ssm has no iterators"],
    [{ service: "ssm", kind: "partial" }, "[0].kind: ssm has no batches"],
    [{ service: "ssm", operation: "GetParameter", kind: "empty-page" }, "[0].kind: GetParameter has no pages"],
    [{ service: "ssm", kind: "error", limit: { perSecond: 1, burst: 1 } }, "[0].limit: only throttle takes a limit"],
    [{ service: "ssm", kind: "throttle", rate: 2 }, "[0].rate: Too big: expected number to be <=1"],
  ])("%j is refused with its place", (fault, message) => {
    expect(() => aws.fault(fault)).toThrow(message);
  });
});

describe("watching", () => {
  it("resolves once enough calls have arrived, with the entries", async () => {
    const seen = aws.saw("ssm:Get*", { count: 2 });
    await read();
    await clients.ssm.send(new GetParametersByPathCommand({ Path: "/prod" }));
    expect((await seen).map(({ n, operation }) => [n, operation])).toEqual([
      [1, "GetParameter"],
      [2, "GetParametersByPath"],
    ]);
  });

  it("gives up when its signal fires", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(aws.saw("ssm:PutParameter", { signal })).rejects.toThrow("enough");
  });
});
