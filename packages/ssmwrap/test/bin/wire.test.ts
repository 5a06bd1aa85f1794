import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forms, release, runForm, start } from "../support/executables.ts";

let aws: Rehearsal;
let secure: Rehearsal;
const world = { region: "us-east-1", parameters: { "/p/a": "1" }, secrets: { "app/TOKEN": "t0ken" } };
beforeAll(async () => {
  aws = await startRehearsal({ world });
  secure = await startRehearsal({ world, tls: true });
});
afterAll(async () => {
  await aws.stop();
  await secure.stop();
});

describe.each(forms)("the $name form", (form) => {
  const run = (env: Record<string, string>, argv = ["-paths=/p", "-env", "path=sm://app/TOKEN"]) =>
    runForm(form, [...argv, "--", "sh", "-c", "echo $A $TOKEN"], {
      env: { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "s", ...env },
    });

  it.each([["AWS_CA_BUNDLE"], ["SSL_CERT_FILE"]])(
    "trusts the certificates of %s over HTTPS, for SSM and for Secrets Manager",
    async (variable) => {
      const { out, err } = await run({ AWS_ENDPOINT_URL: secure.url, [variable]: secure.caFile });
      expect([out, err]).toEqual(["1 t0ken\n", ""]);
    },
  );

  it("refuses a certificate that nobody vouches for, and says where to put it", async () => {
    const { code, out, err } = await run({ AWS_ENDPOINT_URL: secure.url }, ["-paths=/p", "-max-attempts=1"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("point AWS_CA_BUNDLE at them");
  });

  it("checks certificates whatever NODE_TLS_REJECT_UNAUTHORIZED says, which is meant for the program", async () => {
    const { code, out } = await run({ AWS_ENDPOINT_URL: secure.url, NODE_TLS_REJECT_UNAUTHORIZED: "0" }, ["-paths=/p", "-max-attempts=1"]);
    expect([code, out]).toEqual([1, ""]);
    const secret = await run({ AWS_ENDPOINT_URL: secure.url, NODE_TLS_REJECT_UNAUTHORIZED: "0" }, [
      "-env",
      "path=sm://app/TOKEN",
      "-max-attempts=1",
    ]);
    expect([secret.code, secret.out]).toEqual([1, ""]);
  });

  it("names a missing AWS_CA_BUNDLE", async () => {
    const { code, err } = await run({ AWS_ENDPOINT_URL: secure.url, AWS_CA_BUNDLE: "/nonexistent/ca.pem" });
    expect([code, err.split("\n")[0]]).toEqual([1, "ssmwrap: error: AWS_CA_BUNDLE: cannot read /nonexistent/ca.pem"]);
  });

  it("reaches the real host names through HTTPS_PROXY, user and password decoded and never shown", async () => {
    await using proxy = await aws.startProxy({ username: "us@er", password: "p:w" });
    const url = proxy.url.replace("http://", "http://us%40er:p%3Aw@");
    const { out, err } = await run({ HTTPS_PROXY: url, AWS_CA_BUNDLE: aws.caFile });
    expect([out, err]).toEqual(["1 t0ken\n", ""]);
    expect(new Set(proxy.connects.map(({ target }) => target))).toEqual(
      new Set(["ssm.us-east-1.amazonaws.com:443", "secretsmanager.us-east-1.amazonaws.com:443"]),
    );
    const wrong = await run({ HTTPS_PROXY: url.replace("p%3Aw", "hunter2"), AWS_CA_BUNDLE: aws.caFile }, [
      "-paths=/p",
      "-max-attempts=1",
      "-log-level=debug",
    ]);
    expect(wrong.code).toBe(1);
    expect(wrong.err).not.toContain("hunter2");
  });

  it.each([
    ["AWS_USE_FIPS_ENDPOINT", "ssm-fips.us-east-1.amazonaws.com:443"],
    ["AWS_USE_DUALSTACK_ENDPOINT", "ssm.us-east-1.api.aws:443"],
  ])("goes to the host of %s", async (variable, host) => {
    await using proxy = await aws.startProxy();
    await run({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: aws.caFile, [variable]: "true" }, ["-paths=/p"]);
    expect(proxy.connects.map(({ target }) => target)).toEqual([host]);
  });

  it("obeys NO_PROXY, and never sends loopback, metadata or container endpoints through a proxy", async () => {
    const dead = "http://127.0.0.1:9";
    const proxies = { HTTP_PROXY: dead, HTTPS_PROXY: dead };
    expect((await run({ ...proxies, AWS_ENDPOINT_URL: aws.url })).out).toBe("1 t0ken\n");
    expect((await run({ ...proxies, NO_PROXY: "localhost", AWS_ENDPOINT_URL: secure.url, AWS_CA_BUNDLE: secure.caFile })).out).toBe(
      "1 t0ken\n",
    );
    const { url, token } = aws.containerCredentials;
    const container = { AWS_ACCESS_KEY_ID: "", AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: token };
    expect((await run({ ...proxies, ...container, AWS_ENDPOINT_URL: aws.url })).out).toBe("1 t0ken\n");
    const instance = { AWS_ACCESS_KEY_ID: "", AWS_EC2_METADATA_SERVICE_ENDPOINT: aws.metadataUrl };
    expect((await run({ ...proxies, ...instance, AWS_ENDPOINT_URL: aws.url })).out).toBe("1 t0ken\n");
  });

  it("names a refused secret", async () => {
    await using locked = await startRehearsal({ world: { ...world, access: [{ deny: "secretsmanager:*", on: "*" }] } });
    const { code, err } = await run({ AWS_ENDPOINT_URL: locked.url }, ["-env", "path=sm://app/TOKEN"]);
    expect([code, err.includes("secretsmanager:GetSecretValue on sm://app/TOKEN was refused")]).toEqual([1, true]);
  });

  it("assumes a role, through the SDK", async () => {
    const { out, err } = await run({ AWS_ENDPOINT_URL: aws.url }, ["-role-arn=arn:aws:iam::123456789012:role/app", "-paths=/p"]);
    expect([out, err]).toEqual(["1\n", ""]);
    expect(aws.calls("sts:AssumeRole").length).toBeGreaterThan(0);
  });
});

/** The loader and libraries that the release executable needs, by `ldd`. */
function libraries(): string[] {
  const text = execFileSync("ldd", [release.command[0]], { encoding: "utf8" });
  return [...text.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path ?? "");
}

const isolate = ["unshare", "--map-root-user", "--mount", "--pid", "--fork", "sh", "-c"] as const;

const canChroot = ((): boolean => {
  try {
    execFileSync("unshare", [...isolate.slice(1), "chroot / true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

it.skipIf(!canChroot)(
  "starts where there is nothing but glibc and /proc: no /etc, no /tmp, no shell (release form; needs unshare and ldd)",
  async () => {
    const root = mkdtempSync(join(tmpdir(), "ssmwrap-root-"));
    try {
      for (const [from, to] of [...libraries().map((path) => [path, path] as const), [release.command[0], "/ssmwrap"] as const]) {
        mkdirSync(join(root, dirname(to)), { recursive: true });
        copyFileSync(from, join(root, to));
      }
      mkdirSync(join(root, "proc"));
      const inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" /ssmwrap -paths=/p -- /ssmwrap -version';
      const { code, out, err } = await start([...isolate, inside, root], { env: aws.env }).ended;
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(/^ssmwrap \d/);
    } finally {
      rmSync(root, { recursive: true });
    }
  },
);
