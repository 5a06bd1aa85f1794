import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forms, release, runForm, start } from "../support/executables.ts";
import { hasNamespaces, inNamespace, onlyChildOf } from "../support/namespaces.ts";

const cert = `-----BEGIN-----\n${"é'\"$ \\".repeat(900)}\n-----END-----\n\n`;
let aws: Rehearsal;
let folder: string;
beforeEach(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/cert": { value: cert, tier: "Advanced" }, "/p/bin": "AAEC/w==" } } });
  folder = mkdtempSync(join(tmpdir(), "ssmwrap-files-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws.stop();
});

const at = (name: string): string => join(folder, name);
const manyFiles = Array.from({ length: 400 }, (_, n) => ["-file", `path=/p/cert,to=f${n}`]).flat();

async function firstFile(): Promise<void> {
  while (!existsSync(at("f0"))) await new Promise(setImmediate);
}

/** Some of the many files, not all, each whole, and no temporary one. */
function expectSomeWhole(): void {
  const names = readdirSync(folder);
  expect(names.length).toBeLessThan(400);
  expect(names.filter((name) => readFileSync(at(name), "utf8") !== cert)).toEqual([]);
}

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

describe.each(forms)("the $name form writes files", (form) => {
  const run = (argv: readonly string[], more: Parameters<typeof runForm>[2] = {}) =>
    runForm(form, argv, { cwd: folder, ...more, env: { ...aws.env, ...more.env } });

  it("byte for byte in both dialects, relative to the current directory, with each dialect's default mode", async () => {
    const { code, err } = await run([
      "-env=false",
      "-file",
      "Name=/p/cert,Path=v1.pem",
      "-file",
      `path=/p/cert,to=${at("v2.pem")}`,
      "--",
      "true",
    ]);
    expect([code, err]).toEqual([0, ""]);
    expect([readFileSync(at("v1.pem"), "utf8"), readFileSync(at("v2.pem"), "utf8")]).toEqual([cert, cert]);
    expect([modeOf(at("v1.pem")), modeOf(at("v2.pem"))]).toEqual(["600", "644"]);
  });

  it("and in the v1 dialect exports them too, unless that is off", async () => {
    const file = ["-file", "Name=/p/bin,Path=F,Mode=600"];
    expect((await run([...file, "--", "sh", "-c", 'test "$BIN" = AAEC/w=='])).code).toBe(0);
    for (const off of ["-env=false", "-no-env"]) expect((await run([off, ...file, "--", "sh", "-c", 'test -z "$BIN"'])).code).toBe(0);
  });

  it("empty for a missing parameter, as v1 did, when default= asks for that", async () => {
    const { code, err } = await run(["-file", "Name=/p/nope,Path=empty,default=", "--", "true"]);
    expect([code, err, readFileSync(at("empty"), "utf8"), modeOf(at("empty"))]).toEqual([0, "", "", "600"]);
  });

  it("with the mode asked for, whatever was there and whatever the umask", async () => {
    writeFileSync(at("old"), "old");
    chmodSync(at("old"), 0o666);
    await start(["sh", "-c", 'umask 077; exec "$@"', "sh", ...form.command, "-file", "path=/p/cert,to=old,mode=0640", "--", "true"], {
      cwd: folder,
      env: aws.env,
    }).ended;
    expect([modeOf(at("old")), readFileSync(at("old"), "utf8")]).toEqual(["640", cert]);
    await run(["-file-mode=0400", "-file", "path=/p/cert,to=new", "--", "true"]);
    expect(modeOf(at("new"))).toBe("400");
  });

  it("as bytes with b64=true", async () => {
    await run(["-file", "path=/p/bin,to=raw,b64=true", "--", "true"]);
    expect([...readFileSync(at("raw"))]).toEqual([0, 1, 2, 255]);
  });

  it("in place of a symlink, not through it", async () => {
    writeFileSync(at("target"), "untouched");
    symlinkSync(at("target"), at("link"));
    await run(["-file", "path=/p/bin,to=link", "--", "true"]);
    expect([readFileSync(at("target"), "utf8"), readFileSync(at("link"), "utf8")]).toEqual(["untouched", "AAEC/w=="]);
  });

  it("below new directories with mkdir=true only", async () => {
    const refused = await run(["-file", "path=/p/bin,to=a/b/c", "--", "true"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`the directory ${at("a/b")} does not exist`);
    expect((await run(["-file", "path=/p/bin,to=a/b/c,mkdir=true", "--", "true"])).code).toBe(0);
    expect([modeOf(at("a")), modeOf(at("a/b")), readFileSync(at("a/b/c"), "utf8")]).toEqual(["700", "700", "AAEC/w=="]);
  });

  it("below new directories that this user may use, whatever the umask", async () => {
    const command = ["sh", "-c", 'umask 0777; exec "$@"', "sh", ...form.command, "-file", "path=/p/bin,to=a/b/c,mkdir=true"] as const;
    const { code, err } = await start([...command, "--", "true"], { cwd: folder, env: aws.env }).ended;
    expect([code, err]).toEqual([0, ""]);
    expect([modeOf(at("a")), modeOf(at("a/b")), modeOf(at("a/b/c"))]).toEqual(["700", "700", "644"]);
  });

  it("and leaves no new directory behind when that fails", async () => {
    mkdirSync(at("there"));
    const name = "n".repeat(300);
    const { code, err } = await run(["-file", `path=/p/bin,to=there/a/b/${name},mkdir=true`, "--", "echo", "started"]);
    expect([code, err]).toEqual([1, `ssmwrap: error: ${at(`there/a/b/${name}`)}: cannot be written (ENAMETOOLONG)\n`]);
    expect(readdirSync(at("there"))).toEqual([]);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("until a %s comes, and then starts nothing; those that are in place stay", async (name) => {
    const { child, ended } = start([...form.command, ...manyFiles, "--", "echo", "started"], { cwd: folder, env: aws.env });
    await firstFile();
    child.kill(name);
    const { signal, out } = await ended;
    expect([signal, out]).toEqual([name, ""]);
    expectSomeWhole();
  });

  it.skipIf(!hasNamespaces)("also as process 1, which then exits 143 (needs unshare --pid)", async () => {
    const { child, ended } = start([...inNamespace, ...form.command, ...manyFiles, "--", "echo", "started"], { cwd: folder, env: aws.env });
    await firstFile();
    process.kill(onlyChildOf(child), "SIGTERM");
    const { code, out } = await ended;
    expect([code, out]).toEqual([143, ""]);
    expectSomeWhole();
  });

  it.each([
    ["one of the destinations is a directory", ["-file", "path=/p/bin,to=dir"], "is a directory"],
    ["one of the destinations is a device", ["-file", "path=/p/bin,to=/dev/null"], "is not a regular file"],
    ["a name is too long", ["-file", `path=/p/bin,to=${"n".repeat(300)}`], "cannot be written (ENAMETOOLONG)"],
    ["a directory on the way is a file", ["-file", "path=/p/bin,to=/etc/passwd/a/b,mkdir=true"], "/etc/passwd is not a directory"],
    ["the directory is a file", ["-file", "path=/p/bin,to=/etc/passwd/a"], "/etc/passwd is not a directory"],
    ["links go in a circle", ["-file", "path=/p/bin,to=circle/a"], "cannot be written (ELOOP)"],
    ["an owner is unknown", ["-file", "path=/p/bin,to=x,uid=no-such-user"], '/etc/passwd has no "no-such-user"'],
    ["a parameter is missing with -strict", ["-strict", "-file", "path=/p/none,to=x"], "not found: /p/none"],
    ["the command is not there", ["-file", "path=/p/bin,to=x", "--", "nosuch-program"], "was not found in PATH"],
  ])("none at all when %s", async (_what, argv, sentence) => {
    mkdirSync(at("dir"));
    symlinkSync("circle", at("circle"));
    const { code, err } = await run(["-file", "path=/p/bin,to=first", ...argv, ...(argv.includes("--") ? [] : ["--", "true"])]);
    expect(code).not.toBe(0);
    expect(err).toContain(sentence);
    expect(readdirSync(folder)).toEqual(["circle", "dir"]);
  });

  it("not for a missing parameter: a warning, and what was there stays", async () => {
    writeFileSync(at("kept"), "old");
    const { code, err } = await run(["-file", "path=/p/none,to=kept", "--", "true"]);
    expect([code, readFileSync(at("kept"), "utf8")]).toEqual([0, "old"]);
    expect(err).toBe("ssmwrap: warning: not found: /p/none\n");
  });
});

it("never shows a reader half a file or an empty one, and leaves no temporary file, with two writers at once", async () => {
  writeFileSync(at("shared"), cert);
  const writer = () =>
    start(
      [
        "sh",
        "-c",
        'i=0; while [ $i -lt 40 ]; do "$@" || exit 1; i=$((i+1)); done',
        "sh",
        ...release.command,
        "-file",
        "path=/p/cert,to=shared,mode=0600",
        "--",
        "true",
      ],
      { cwd: folder, env: aws.env },
    );
  const writers = [writer(), writer()];
  let ended = 0;
  for (const { child } of writers) child.once("close", () => ended++);
  let reads = 0;
  while (ended < writers.length) {
    if (readFileSync(at("shared"), "utf8") !== cert) throw new Error("a reader saw something else than the whole content");
    reads++;
    await new Promise(setImmediate);
  }
  expect((await Promise.all(writers.map((one) => one.ended))).map(({ code }) => code)).toEqual([0, 0]);
  expect(reads).toBeGreaterThan(50);
  expect(readdirSync(folder)).toEqual(["shared"]);
  expect(existsSync(at("shared"))).toBe(true);
});
