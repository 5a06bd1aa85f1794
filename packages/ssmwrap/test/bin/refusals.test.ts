import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forms, runForm } from "../support/executables.ts";
import { elfFile, otherMachine } from "../support/programs.ts";

let aws: Rehearsal;
let folder: string;
beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/SECRET": "hunter2" } } });
  folder = mkdtempSync(join(tmpdir(), "ssmwrap-refusals-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await aws.stop();
});

function program(name: string, content: string | Buffer, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** A script whose interpreter is a script, and so on. */
const chain = (scripts: number): string =>
  program(`chain${scripts}`, scripts === 1 ? "#!/bin/sh\necho ran\n" : `#!${chain(scripts - 1)}\n`);

describe.each(forms)("the $name form", (form) => {
  const run = (argv: readonly string[], more: Parameters<typeof runForm>[2] = {}) =>
    runForm(form, ["-paths=/p", ...argv], { ...more, env: { ...aws.env, ...more.env } });

  it.each([
    ["a program that is nowhere", 127, () => "nosuch-program", '"nosuch-program" was not found in PATH'],
    ["a path that is not there", 127, () => "./nosuch", '"./nosuch" was not found'],
    ["an empty name", 127, () => "", '"" was not found'],
    ["a name that no file can have", 127, () => "n".repeat(300), "was not found in PATH"],
    ["a path below a file", 127, () => "/etc/passwd/app", '"/etc/passwd/app" was not found'],
    ["a file without the x bit", 126, () => program("plain", "#!/bin/sh\n", 0o644), "is not an executable file"],
    ["a directory", 126, () => "/etc", "is not an executable file"],
    ["text without #!", 126, () => program("text", "echo hi\n"), "exec format error: neither a program"],
    ["an empty file", 126, () => program("empty", ""), "exec format error: neither a program"],
    ["a script that names no interpreter", 126, () => program("none", "#! \t\n"), "the first line names no interpreter"],
    ["a script with a carriage return", 127, () => program("crlf", "#!/bin/sh\r\n"), "save the script with Unix line ends"],
    ["a script with a very long first line", 126, () => program("long", `#!/${"x".repeat(300)}\n`), "reaches beyond the 256 bytes"],
    ["a script whose interpreter is missing", 127, () => program("lost", "#!/no/such\n"), 'its interpreter "/no/such" is not there'],
    [
      "a script whose interpreter is a directory",
      126,
      () => program("dir", "#!/etc\n"),
      'its interpreter "/etc" is not an executable file',
    ],
    ["a script whose interpreter is no program", 126, () => program("odd", `#!${program("text", "hi\n")}\n`), "/text: exec format error"],
    ["six scripts that interpret each other", 126, () => chain(6), "too many scripts are interpreters of each other"],
    ["a program for another processor", 126, () => program("alien", elfFile({ machine: otherMachine })), "for another processor"],
    ["an object file", 126, () => program("a.o", elfFile({ type: 1 })), "an object file or a core dump, not a program"],
    ["a program without program headers", 126, () => program("bare", elfFile({ entries: 0 })), "its program headers are damaged"],
    ["a program that is cut in its header", 126, () => program("cut", elfFile().subarray(0, 20)), "the file is cut short"],
    ["a program that is cut behind it", 126, () => program("cut2", elfFile().subarray(0, 100)), "the file is cut short"],
    ["a program whose loader is missing", 127, () => program("musl", elfFile({ loader: "/no/ld" })), "its loader /no/ld is not there"],
    [
      "a program whose loader is a directory",
      126,
      () => program("ld", elfFile({ loader: "/etc" })),
      "its loader /etc is not an executable file",
    ],
    ["a program whose loader is a script", 126, () => program("ld2", elfFile({ loader: chain(1) })), "exec format error: not a loader"],
  ])("refuses %s with %d, without dying of a signal", async (_what, expected, word, sentence) => {
    const { code, signal, out, err } = await run(["--", word()]);
    expect([code, signal, out]).toEqual([expected, null, ""]);
    expect(err).toContain(sentence);
    expect(err).not.toContain("hunter2");
  });

  it("starts five scripts that interpret each other, as the system does", async () => {
    expect((await run(["--", chain(5)])).out).toBe("ran\n");
  });

  it("gives 1 for both with -exit-codes=go", async () => {
    expect((await run(["-exit-codes=go", "--", "nosuch-program"])).code).toBe(1);
    expect((await run(["-exit-codes=go", "--", "/etc"])).code).toBe(1);
  });

  describe("looks in each directory of PATH", () => {
    const search = async (first: () => void, PATH = "first:second") => {
      rmSync(join(folder, "first"), { recursive: true, force: true });
      for (const directory of ["first", "second"]) mkdirSync(join(folder, directory), { recursive: true });
      program("second/tool", "#!/bin/sh\necho second\n");
      first();
      return run(["--", "tool"], { cwd: folder, env: { PATH } });
    };

    it.each([
      ["has nothing of that name", () => {}],
      ["has a directory of that name", () => mkdirSync(join(folder, "first/tool"))],
      ["has a file without the x bit", () => program("first/tool", "#!/bin/sh\n", 0o644)],
      [
        "is a file",
        () => {
          rmSync(join(folder, "first"), { recursive: true });
          program("first", "");
        },
      ],
    ])("and goes on when one %s", async (_what, first) => {
      expect((await search(first)).out).toBe("second\n");
    });

    it.each([
      ["is no program", "echo first\n", 126],
      ["has no interpreter", "#!/no/such\n", 127],
      ["has an interpreter that may not be executed", "#!/etc/passwd\n", 126],
      ["has no loader", elfFile({ loader: "/no/ld" }), 127],
    ])("and stops at an executable file, even when that %s", async (_what, content, expected) => {
      const { code, out } = await search(() => program("first/tool", content));
      expect([code, out]).toEqual([expected, ""]);
    });

    it("and finds nothing in an empty PATH, not even in the current directory", async () => {
      const { code, err } = await search(() => program("tool", "#!/bin/sh\necho here\n"), "");
      expect([code, err]).toEqual([127, 'ssmwrap: error: "tool" was not found in PATH\n']);
    });
  });
});
