import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Form, forms, npm, release, runForm, start } from "../support/executables.ts";

let aws: Rehearsal;
let folder: string;
beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/SECRET": "line one\nline 'two' \"$HOME\" é日本", "/p/DB_HOST": "db" } } });
  folder = mkdtempSync(join(tmpdir(), "ssmwrap-exec-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await aws.stop();
});

const program = (name: string, content: string | Buffer, mode = 0o755): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
};

describe.each(forms)("the $name form", (form) => {
  const run = (argv: readonly string[], more: Parameters<typeof runForm>[2] = {}) =>
    runForm(form, ["-paths=/p", ...argv], { ...more, env: { ...aws.env, ...more.env } });

  it("becomes the program: same process, its own name, argv and exit code, nobody left behind", async () => {
    const { code, out, pid } = await run([
      "--",
      "sh",
      "-c",
      'echo $$ "$0" "$@"; cat /proc/$$/comm; readlink /proc/$$/exe; exit 7',
      "name",
      "-a",
      "--",
      "b c",
    ]);
    const [first, comm, exe] = out.split("\n");
    expect([code, first, comm]).toEqual([7, `${pid} name -a -- b c`, "sh"]);
    expect(exe).not.toMatch(/node|ssmwrap/);
  });

  it("hands over values byte for byte, and the caller's variables", async () => {
    const { out } = await run(["--", "env", "-0"], { env: { CALLER: "own" } });
    const env = Object.fromEntries(
      out.split("\0").flatMap((entry) => (entry === "" ? [] : [[entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]])),
    );
    expect(env).toMatchObject({ SECRET: "line one\nline 'two' \"$HOME\" é日本", DB_HOST: "db", CALLER: "own" });
  });

  it("hands over the caller's variables as they are, also those that a runtime shows otherwise", async () => {
    const caller = { HOME: "/h", $HOME: "own", $A: "1", TZ: "", NODE_TLS_REJECT_UNAUTHORIZED: "", BUN_CONFIG_VERBOSE_FETCH: "" };
    const { out } = await run(["--", "env", "-0"], { env: caller });
    expect(out.split("\0")).toEqual(expect.arrayContaining(Object.entries(caller).map(([name, value]) => `${name}=${value}`)));
  });

  it("leaves no signal ignored, blocked or caught", async () => {
    const { out } = await run(["--", "cat", "/proc/self/status"]);
    expect(out.match(/^Sig(Ign|Blk|Cgt):\t[0-9a-f]+$/gm)).toEqual([
      "SigBlk:\t0000000000000000",
      "SigIgn:\t0000000000000000",
      "SigCgt:\t0000000000000000",
    ]);
  });

  it("lets a writer in the program die of a closed pipe", async () => {
    const { out } = await run(["--", "bash", "-c", 'yes | head -1; echo "${PIPESTATUS[0]}"']);
    expect(out).toBe("y\n141\n");
  });

  it("leaves stdin unread and the standard descriptors blocking", async () => {
    const { out } = await run(["--", "sh", "-c", "grep -h flags /proc/self/fdinfo/0 /proc/self/fdinfo/1 /proc/self/fdinfo/2; cat"], {
      stdin: "a\nb\n",
    });
    const flags = [...out.matchAll(/flags:\s+(\d+)/g)].map(([, octal]) => Number.parseInt(octal ?? "", 8) & 0o4000);
    expect(flags).toEqual([0, 0, 0]);
    expect(out.endsWith("a\nb\n")).toBe(true);
  });

  it("leaves no descriptor of its own open", async () => {
    const list = ["sh", "-c", "ls /proc/$$/fd"] as const;
    expect((await run(["--", ...list])).out).toBe((await start(list).ended).out);
  });

  it("runs a program found through an empty PATH entry", async () => {
    program("here", "#!/bin/sh\necho found\n");
    const { out } = await run(["--", "here"], { cwd: folder, env: { PATH: ":/usr/bin:/bin" } });
    expect(out).toBe("found\n");
  });

  it("looks the program up by the PATH that a parameter set, when that is allowed", async () => {
    await using other = await startRehearsal({ world: { parameters: { "/r/path": `${folder}` } } });
    program("tool", "#!/bin/sh\necho tool\n");
    const ended = await runForm(form, ["-paths=/r", "-allow-reserved", "--", "tool"], { env: other.env });
    expect([ended.code, ended.out]).toEqual([0, "tool\n"]);
  });

  it("refuses an environment that the kernel would not take, naming no value", async () => {
    const big = "x".repeat(4000);
    await using other = await startRehearsal({
      world: { parameters: Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`/big/K${at}`, big])) },
    });
    const total = await runForm(form, ["-paths=/big", "--", "true"], { env: other.env });
    expect([total.code, total.signal]).toEqual([126, null]);
    expect(total.err).toMatch(/arguments and environment have \d+ bytes/);
    expect(total.err).not.toContain("xxxx");
    const single = await run(["--", "true"], { env: { HUGE: "y".repeat(131_000) } });
    expect(single.code).toBe(0);
  });

  it("keeps -pristine environments to what was fetched and listed, and -scrub free of its own variables", async () => {
    const env = { KEEP: "1", DROP: "2", SSMWRAP_TIMEOUT: "9s" };
    const pristine = await run(["-pristine=KEEP", "--", "env"], { env });
    expect(
      pristine.out
        .match(/^[A-Z_]+(?==)/gm)
        ?.filter((name) => name !== "SECRET")
        .sort(),
    ).toEqual(["DB_HOST", "KEEP"]);
    expect((await run(["-scrub", "--", "env"], { env })).out).not.toContain("SSMWRAP_");
    expect((await run(["--", "env"], { env })).out).toContain("SSMWRAP_TIMEOUT=9s");
  });
});

it("sets the soft limit of open files with -nofile, and refuses one above the hard limit (release form)", async () => {
  const run = (nofile: number) => runForm(release, ["-paths=/p", `-nofile=${nofile}`, "--", "sh", "-c", "ulimit -Sn"], { env: aws.env });
  expect((await run(256)).out).toBe("256\n");
  const { code, out, err } = await run(999_999_999);
  expect([code, out]).toEqual([126, ""]);
  expect(err).toContain("-nofile 999999999 was refused");
});

it("refuses -nofile, which Node cannot set, as bad usage (npm form)", async () => {
  const { code, out, err } = await runForm(npm, ["-paths=/p", "-nofile=256", "--", "echo", "started"], { env: aws.env });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("-nofile cannot be set by this form of ssmwrap\nssmwrap: hint: the release executable for Linux can\n");
});

it("hands on bytes that are not UTF-8 unchanged (release form)", async () => {
  const { out } = await start(
    [
      "sh",
      "-c",
      'BAD=$(printf "\\377\\376"); export BAD; exec "$0" -paths=/p -- sh -c \'printf "%s|%s" "$BAD" "$1" | od -An -tx1\' sh "$(printf "b\\377d")"',
      release.command[0],
    ],
    {
      env: aws.env,
    },
  ).ended;
  expect(out.trim()).toBe("ff fe 7c 62 ff 64");
});

it("becomes a program whose path is not UTF-8 (release form)", async () => {
  const script = `cd "$1" && D=$(printf 'caf\\351') && mkdir "$D" && echo "#!/bin/sh" > "$D/tool" && chmod +x "$D/tool" && exec "$0" -paths=/p -- "$PWD/$D/tool"`;
  expect(await start(["sh", "-c", script, release.command[0], folder], { env: aws.env }).ended).toMatchObject({ code: 0, err: "" });
});

it("hands on variables whose names are not UTF-8, unless -pristine leaves the caller's out (release form)", async () => {
  const run = (flag: string) =>
    start(
      ["sh", "-c", `env "$(printf 'ODD\\377=v\\376')" "$0" ${flag} -paths=/p -- /usr/bin/env -0 | od -An -c -v -w4096`, release.command[0]],
      {
        env: aws.env,
      },
    ).ended;
  const kept = await run("");
  expect(kept.out.replaceAll(" ", "")).toContain("ODD377=v376\\0");
  expect(kept.err).toBe("");
  expect((await run("-pristine")).out.replaceAll(" ", "")).not.toContain("ODD");
});

describe("bytes that are not UTF-8", () => {
  const command = (form: Form, flags: string): [string, ...string[]] => [
    "sh",
    "-c",
    `BAD=$(printf '\\377'); export BAD; exec env "$(printf 'ODD\\377=v')" "$0" "$@" ${flags} -paths=/p -- echo started`,
    ...form.command,
  ];

  it.each([
    ["the npm form", npm, ""],
    ["the npm form with -supervise", npm, "-supervise"],
    ["the release form with -supervise", release, "-supervise"],
  ])("cannot be handed on by %s: it warns, or refuses with -strict", async (_what, form, flags) => {
    const warned = await start(command(form, flags), { env: aws.env }).ended;
    expect([warned.code, warned.out]).toEqual([0, "started\n"]);
    const hint = "ssmwrap: hint: the release executable hands them on unchanged, without -supervise\n";
    expect(warned.err).toBe(
      `ssmwrap: warning: bytes that are not UTF-8 were replaced in BAD\n${hint}` +
        `ssmwrap: warning: variables whose names are not UTF-8 were left out: ODD\uFFFD\n${hint}`,
    );
    const strict = await start(command(form, `-strict ${flags}`), { env: aws.env }).ended;
    expect([strict.code, strict.out]).toEqual([1, ""]);
  });
});

it("hands on descriptors that the caller opened, whatever their numbers (release form)", async () => {
  const { out } = await start(
    [
      "bash",
      "-c",
      'exec 3< <(echo three) 7< <(echo seven) 2000< <(echo many); exec "$0" -paths=/p -- bash -c "cat <&3; cat <&7; cat <&2000"',
      release.command[0],
    ],
    { env: aws.env },
  ).ended;
  expect(out).toBe("three\nseven\nmany\n");
  const alone = await start(["bash", "-c", 'exec 2000< <(echo many); exec "$0" -paths=/p -- bash -c "cat <&2000"', release.command[0]], {
    env: aws.env,
  }).ended;
  expect(alone.out).toBe("many\n");
});

it("keeps signals ignored that the caller ignores, as nohup does (release form)", async () => {
  const { out } = await start(["bash", "-c", "trap '' HUP; exec \"$0\" -paths=/p -- grep SigIgn /proc/self/status", release.command[0]], {
    env: aws.env,
  }).ended;
  expect(out).toBe("SigIgn:\t0000000000000001\n");
});

it("runs alone after being copied and renamed, and takes nothing from the current directory (release form)", async () => {
  const place = mkdtempSync(join(tmpdir(), "ssmwrap-alone-"));
  try {
    copyFileSync(release.command[0], join(place, "entrypoint"));
    writeFileSync(join(place, ".env"), "FROM_DOTENV=1\n");
    writeFileSync(join(place, "evil.js"), "require('fs').writeSync(1, 'EVIL\\n');\n");
    writeFileSync(join(place, "bunfig.toml"), 'preload = ["./evil.js"]\n');
    writeFileSync(join(place, "tsconfig.json"), "{ broken");
    writeFileSync(join(place, "package.json"), '{ "type": "commonjs", "main": "evil.js", "imports": { "#platform": "./evil.js" } }');
    const { code, out, err } = await start([join(place, "entrypoint"), "-paths=/p", "--", "env"], { env: aws.env, cwd: place }).ended;
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("DB_HOST=db");
    expect(out).not.toMatch(/FROM_DOTENV|EVIL/);
  } finally {
    rmSync(place, { recursive: true });
  }
});
