import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRehearsal } from "@sukima/rehearsal";
import { describe, expect, it } from "vitest";
import { forms, npm, runForm, start } from "../support/executables.ts";

const markers = {
  "/m/ONE": "MARKER-one-51c7",
  "/m/TWO": "MARKER-two-9f3a",
  "/m/JSON": '{"k":"MARKER-json-77ab"}',
  "/m/NUL": "MARKER-four",
};

describe.each(forms)("the $name form keeps values out of", (form) => {
  it("stdout and stderr, whatever goes wrong, at log level debug", async () => {
    await using aws = await startRehearsal({ world: { parameters: markers, secrets: { s: "MARKER-secret" } } });
    const attempts: string[][] = [
      ["-paths=/m", "--", "true"],
      ["-paths=/m", "-dry-run"],
      ["-paths=/m", "-check"],
      ["-paths=/m", "-print=names"],
      ["-paths=/m,/none", "-strict", "--", "true"],
      ["-paths=/m", "--", "nosuch-program"],
      ["-paths=/m", "--", "/etc"],
      ["-env", "path=/m/ONE,json=true", "--", "true"],
      ["-env", "path=/m/ONE,b64=true", "--", "true"],
      ["-env", "path=/m/ONE,to=LD_PRELOAD", "-env", "path=/m/TWO,to=LD_PRELOAD", "-on-collision=error", "--", "true"],
      ["-env", "path=sm://s,json=true", "--", "true"],
      ["-file", "path=/m/ONE,to=/nonexistent/x", "--", "true"],
      ["-file", "path=/m/ONE,to=/proc/x", "--", "true"],
      ["-nofile=999999999", "-paths=/m", "--", "true"],
    ];
    for (const argv of attempts) {
      const { out, err } = await runForm(form, ["-log-level=debug", ...argv], { env: aws.env });
      expect(`${argv.join(" ")}: ${out}${err}`).not.toContain("MARKER");
    }
    aws.fault({ service: "ssm", operation: "*", kind: "cut" });
    const cut = await runForm(form, ["-log-level=debug", "-max-attempts=2", "-paths=/m", "--", "true"], { env: aws.env });
    expect([cut.code, (cut.out + cut.err).includes("MARKER")]).toEqual([1, false]);
  });

  it("every argv, ours and the program's", async () => {
    await using aws = await startRehearsal({ world: { parameters: markers } });
    const { child, ended } = start([...form.command, "-paths=/m", "--", "sh", "-c", "echo ready; read x"], {
      env: aws.env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const commandLines = readdirSync("/proc").flatMap((entry) => {
      const path = `/proc/${entry}/cmdline`;
      return /^\d+$/.test(entry) && existsSync(path) ? [readFileSync(path, "latin1")] : [];
    });
    await once(child.stdout ?? child, "data");
    const own = readFileSync(`/proc/${child.pid}/cmdline`, "latin1");
    await ended;
    expect([...commandLines, own].filter((line) => line.includes("MARKER"))).toEqual([]);
  });
});

it("keeps values out of a diagnostic report that is forced from outside (npm form)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ssmwrap-report-"));
  await using aws = await startRehearsal({ world: { parameters: markers } });
  try {
    const env = { ...aws.env, CALLER: "MARKER-of-the-caller", NODE_OPTIONS: `--report-on-signal --report-directory=${folder}` };
    aws.fault({ service: "ssm", operation: "*", kind: "slow", ms: 500, after: 0 });
    const { child, ended } = start([...npm.command, "-paths=/m", "--", "true"], { env });
    await aws.saw("ssm:GetParametersByPath");
    child.kill("SIGUSR2");
    await ended;
    const reports = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    expect(reports.length).toBeGreaterThan(0);
    for (const report of reports) expect(report).not.toContain("MARKER");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
