import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";

const MAIN = join(import.meta.dirname, "../src/main.ts");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rehearsal-test-"));
});

afterAll(() => rm(folder, { recursive: true }));

const start = (...argv: string[]) => spawn(process.execPath, [MAIN, ...argv], { stdio: ["ignore", "pipe", "pipe"] });

async function run(...argv: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(...argv);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, out, err };
}

/** The exported lines up to the empty one that says "ready". */
async function untilReady(child: ReturnType<typeof start>): Promise<string[]> {
  let out = "";
  for await (const chunk of child.stdout) {
    out += String(chunk);
    if (out.endsWith("\n\n")) return out.trimEnd().split("\n");
  }
  throw new Error(`ended before it was ready: ${out}`);
}

it("prints exports and an empty line, stays, and dies of TERM with open connections", async () => {
  const child = start("up");
  const lines = await untilReady(child);
  expect(lines.map((line) => line.replace(/=.*/, ""))).toEqual([
    "export AWS_ENDPOINT_URL",
    "export AWS_REGION",
    "export AWS_ACCESS_KEY_ID",
    "export AWS_SECRET_ACCESS_KEY",
    "export AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "export AWS_DEFAULT_REGION",
    "export REHEARSAL_CONTAINER_CREDENTIALS_FULL_URI",
    "export REHEARSAL_CONTAINER_AUTHORIZATION_TOKEN",
  ]);
  const url = lines[0]?.replace("export AWS_ENDPOINT_URL=", "") ?? "";
  expect((await fetch(`${url}/_rehearsal/state`)).status).toBe(200);
  await fetch(`${url}/_rehearsal/faults`, { method: "POST", body: '[{"service":"*","kind":"slow","ms":600000}]' });
  const hanging = fetch(url).catch((error: Error) => error.name);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([null, "SIGTERM"]);
  expect(await hanging).toBe("TypeError");
});

it("tells where the task's credentials are: in its exports, its story and its state", async () => {
  const child = start("up");
  const story = text(child.stderr);
  const exported = new Map((await untilReady(child)).map((line) => [line.replace(/^export |=.*$/g, ""), line.replace(/^[^=]*=/, "")]));
  const url = exported.get("REHEARSAL_CONTAINER_CREDENTIALS_FULL_URI") ?? "";
  const token = exported.get("REHEARSAL_CONTAINER_AUTHORIZATION_TOKEN") ?? "";
  const credentials = await fetch(url, { headers: { Authorization: token } });
  expect(await credentials.json()).toMatchObject({ RoleArn: "arn:aws:iam::123456789012:role/app-task-role" });
  const state = await fetch(`${exported.get("AWS_ENDPOINT_URL")}/_rehearsal/state`);
  expect(await state.json()).toMatchObject({ containerCredentials: { url, token } });
  child.kill("SIGTERM");
  expect(await story).toContain(`container credentials at ${url};`);
});

it("plays the world of a file", async () => {
  const file = join(folder, "world.yaml");
  await writeFile(file, "region: eu-west-1\nparameters:\n  /x: hello\n");
  const child = start("up", "--world", file, "--speed", "3600");
  const lines = await untilReady(child);
  expect(lines).toContain("export AWS_REGION=eu-west-1");
  const url = lines[0]?.replace("export AWS_ENDPOINT_URL=", "") ?? "";
  const state: { regions: Record<string, { parameters: { name: string }[] }> } = JSON.parse(
    await (await fetch(`${url}/_rehearsal/state`)).text(),
  );
  expect(state.regions["eu-west-1"]?.parameters.map(({ name }) => name)).toEqual(["/x"]);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([null, "SIGINT"]);
});

it("says every mistake of a world file with its line, and does not start", async () => {
  const file = join(folder, "bad.yaml");
  await writeFile(file, "parameters:\n  /a:\n    value: x\n    tpye: String\n  /b: { value: x, type: Sting }\nacess: []\n");
  expect(await run("up", "--world", file)).toEqual({
    code: 2,
    out: "",
    err: `rehearsal: ${file}:4: parameters./a.tpye: unknown key, did you mean type?\n${file}:5: parameters./b.type: expected one of String, StringList, SecureString\n${file}:6: acess: unknown key, did you mean access?\n`,
  });
});

it.each([
  [["up", "--prot", "1"], "error: unknown option '--prot'\n(Did you mean --port?)"],
  [["up", "--port", "99999"], "expected a number from 0 to 65535"],
  [["pu"], "error: unknown command 'pu'\n(Did you mean up?)"],
  [["up", "--world", "/nowhere.yaml"], "/nowhere.yaml: cannot be read"],
])("ends %j with 2 and says why", async (argv, reason) => {
  expect(await run(...argv)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(reason) });
});

it("ends with 1 when the port is taken", async () => {
  const squatter = createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  const address = squatter.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await run("up", "--port", String(port))).toMatchObject({ code: 1, err: expect.stringContaining("EADDRINUSE") });
  squatter.close();
});

it("helps with examples and exit codes", async () => {
  const { code, out } = await run("up", "--help");
  expect([code, out]).toEqual([0, expect.stringMatching(/--world <file>[\s\S]*Examples:[\s\S]*Exit codes:/)]);
});
