import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forms, release, runForm, start } from "../support/executables.ts";
import { hasNamespaces, inNamespace, onlyChildOf } from "../support/namespaces.ts";

let aws: Rehearsal;
/** Accepts connections and never answers. */
let silent: Server;
let silentUrl: string;
let folder: string;
beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/a": "1" } } });
  folder = mkdtempSync(join(tmpdir(), "ssmwrap-lifecycle-"));
  silent = createServer((socket) => socket.on("error", () => {}).resume());
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  silentUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(async () => {
  silent.close();
  rmSync(folder, { recursive: true });
  await aws.stop();
});

/** A shared configuration whose credential process speaks to the silent server and waits. */
function slowProfile(): string {
  const path = join(folder, "config");
  const { port } = new URL(silentUrl);
  writeFileSync(path, `[profile slow]\ncredential_process = bash -c "exec 3<>/dev/tcp/127.0.0.1/${port}; read -t 20 <&3"\n`);
  return path;
}

describe.each(forms)("the $name form", (form) => {
  it.each([
    ["TERM", "SIGTERM"],
    ["INT", "SIGINT"],
  ] as const)("dies of %s while it fetches, and starts nothing", async (_short, name) => {
    const { child, ended } = start([...form.command, "-paths=/p", "--", "echo", "started"], {
      env: { ...aws.env, AWS_ENDPOINT_URL: silentUrl },
    });
    await once(silent, "connection");
    const told = performance.now();
    child.kill(name);
    const { code, signal, out } = await ended;
    expect([code, signal, out]).toEqual([null, name, ""]);
    expect(performance.now() - told).toBeLessThan(1500);
  });

  it("gives up at -timeout against a server that never answers, with the paths", async () => {
    const began = performance.now();
    const { code, out, err } = await runForm(form, ["-timeout=1s", "-paths=/p/x", "-names=/q", "--", "echo", "started"], {
      env: { ...aws.env, AWS_ENDPOINT_URL: silentUrl },
    });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("timed out after 1 s while fetching /p/x, /q");
    expect(performance.now() - began).toBeLessThan(2500);
  });

  it("gives up at -timeout while credentials do not come", async () => {
    const { code, err } = await runForm(form, ["-timeout=1s", "-paths=/p", "--", "true"], {
      env: { AWS_ENDPOINT_URL: aws.url, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${silentUrl}/creds` },
    });
    expect(code).toBe(1);
    expect(err).toContain("timed out after 1 s while fetching /p");
  });

  it.each([
    ["a role that STS never gives", ["-role-arn=arn:aws:iam::123456789012:role/x"], () => ({})],
    ["a credential process that never ends", [], () => ({ AWS_PROFILE: "slow", AWS_CONFIG_FILE: slowProfile() })],
  ])("gives up at -timeout, and hears TERM, while the SDK waits for %s", async (_what, flags, more) => {
    const env = { ...aws.env, AWS_ENDPOINT_URL_STS: silentUrl, ...more() };
    const late = await runForm(form, ["-timeout=1s", ...flags, "-paths=/p", "--", "echo", "started"], { env });
    expect([late.code, late.out, late.err.includes("timed out after 1 s")]).toEqual([1, "", true]);
    const { child, ended } = start([...form.command, ...flags, "-paths=/p", "--", "echo", "started"], { env });
    await once(silent, "connection");
    child.kill("SIGTERM");
    expect((await ended).signal).toBe("SIGTERM");
  });

  it("dies of SIGPIPE when nobody reads its answer", async () => {
    const { out, code } = await start(
      ["bash", "-c", '"$@" -paths=/p -print names 2>/dev/null | true; echo "${PIPESTATUS[0]}"', "bash", ...form.command],
      {
        env: { ...aws.env },
      },
    ).ended;
    // The answer is short: when the pipe is still open as it is written, nothing fails.
    expect([code, ["141\n", "0\n"].includes(out)]).toEqual([0, true]);
    const closed = await start(
      ["bash", "-c", '(sleep 0.05; exec "$@" -paths=/p -print names) > >(exec <&-; sleep 1); echo $?', "bash", ...form.command],
      { env: aws.env },
    ).ended;
    expect(closed.out).toBe("141\n");
  });

  it.skipIf(!hasNamespaces)(
    "is process 1 in its namespace and leaves it to the program, which TERM then reaches (needs unshare --pid)",
    async () => {
      const script = 'trap "exit 7" TERM; echo "$$ ready"; while :; do sleep 0.02; done';
      const { child, ended, says } = start([...inNamespace, ...form.command, "-paths=/p", "--", "sh", "-c", script], { env: aws.env });
      await says("1 ready\n");
      process.kill(onlyChildOf(child), "SIGTERM");
      expect((await ended).code).toBe(7);
    },
  );

  it.skipIf(!hasNamespaces)("as process 1 exits 143 on TERM while it fetches (needs unshare --pid)", async () => {
    const { child, ended } = start([...inNamespace, ...form.command, "-paths=/p", "--", "true"], {
      env: { ...aws.env, AWS_ENDPOINT_URL: silentUrl },
    });
    await once(silent, "connection");
    process.kill(onlyChildOf(child), "SIGTERM");
    expect((await ended).code).toBe(143);
  });
});

describe("what the runtime reads from the environment", () => {
  const preload = "/nonexistent/preload.js";

  it("NODE_OPTIONS means nothing to the release form, and reaches the program", async () => {
    const { code, out } = await runForm(release, ["-paths=/p", "--", "sh", "-c", "echo $NODE_OPTIONS"], {
      env: { ...aws.env, NODE_OPTIONS: `--require=${preload}` },
    });
    expect([code, out]).toEqual([0, `--require=${preload}\n`]);
  });

  it("NODE_OPTIONS is obeyed by the npm form's Node before our code (documented)", async () => {
    const { code, out } = await runForm(forms[1] ?? release, ["-paths=/p", "--", "echo", "started"], {
      env: { ...aws.env, NODE_OPTIONS: `--require=${preload}` },
    });
    expect([code === 0, out]).toEqual([false, ""]);
  });

  it("BUN_BE_BUN=1 turns the release form into the bun command (documented)", async () => {
    const { out } = await runForm(release, ["--version"], { env: { BUN_BE_BUN: "1" } });
    expect(out).toBe("1.4.5\n");
  });

  it("BUN_OPTIONS can preload code into the release form (documented)", async () => {
    const { code, out } = await runForm(release, ["-paths=/p", "--", "echo", "started"], {
      env: { ...aws.env, BUN_OPTIONS: `--preload=${preload}` },
    });
    expect([code === 0, out]).toEqual([false, ""]);
  });
});
