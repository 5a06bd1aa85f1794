import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { startRehearsal } from "@sukima/rehearsal";
import { describe, expect, it } from "vitest";
import platform from "./node.ts";

/** Arguments for a Node of its own. */
const script = (call: string): string[] => [
  "--input-type=module",
  "-e",
  `import platform from ${JSON.stringify(new URL("node.ts", import.meta.url).href)}; ${call}`,
];

it("an exchange goes through the proxy that is handed in, with its user and password decoded, and through no other", async () => {
  await using aws = await startRehearsal();
  await using proxy = await aws.startProxy({ username: "me", password: "p@ss word" });
  const url = "https://ssm.ap-northeast-1.amazonaws.com/_rehearsal/state";
  const { status } = await platform.send({
    method: "GET",
    url,
    headers: {},
    ca: readFileSync(aws.caFile, "utf8"),
    proxy: proxy.url.replace("//", "//me:p%40ss%20word@"),
    signal: new AbortController().signal,
  });
  expect(status).toBe(200);
  expect(proxy.connects).toEqual([
    {
      target: "ssm.ap-northeast-1.amazonaws.com:443",
      proxyAuthorization: `Basic ${Buffer.from("me:p@ss word").toString("base64")}`,
      status: 200,
    },
  ]);
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
