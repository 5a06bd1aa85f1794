import { resolve } from "node:path";
import { type Host, ToolError } from "@sukima/core";
import { checkElf, isElf } from "./elf.ts";
import { obstacle } from "./lookup.ts";
import { badFormat, lookInto, type ReadBytes } from "./program-file.ts";

/** The kernel reads this much of a file to find out what it is (BINPRM_BUF_SIZE). */
const headerBytes = 256;

/** Scripts whose interpreters are scripts: the kernel follows five and fails on the sixth (exec_binprm of fs/exec.c). */
const maxScripts = 5;

type Machine = Pick<Host, "arch" | "platform">;

/**
 * Check that the kernel will take a file, since a failing execve cannot be caught on Node before 26: an ELF program of this machine whose loader
 * is one too, or a script whose interpreter passes the same test. A file that this user may execute but not read is left to the kernel.
 * Throws `ToolError`: exit 126, or 127 for an interpreter or a loader that is not there.
 */
export function checkProgramHeader(file: string, cwd: string, machine: Machine): void {
  let shown = file;
  let next: string | undefined = file;
  for (let scripts = 0; next !== undefined; scripts++) {
    const whose = shown;
    const interpreter: string | undefined = lookInto(resolve(cwd, next), (read) => checkOne(read, whose, cwd, machine));
    if (interpreter !== undefined && scripts === maxScripts) throw badFormat(file, "too many scripts are interpreters of each other");
    shown = `${file}: its interpreter ${interpreter}`;
    next = interpreter;
  }
}

/** Check one file, and give the interpreter that a script names. */
function checkOne(read: ReadBytes, shown: string, cwd: string, { arch, platform }: Machine): string | undefined {
  const head = read(headerBytes, 0);
  if (head.toString("latin1", 0, 2) === "#!") return interpreterOf(head, shown, cwd);
  if (platform !== "linux") return undefined;
  if (isElf(head)) {
    checkElf(read, shown, cwd, arch);
    return undefined;
  }
  throw badFormat(
    shown,
    "neither a program of this system nor a script that begins with #!",
    "begin the script with #!/bin/sh, or run it with: sh FILE",
  );
}

/** As load_script of fs/binfmt_script.c reads it: up to a line's end, in which a carriage return is a part of the name. */
function interpreterOf(head: Buffer, shown: string, cwd: string): string {
  const text = head.toString("utf8", 2);
  const line = text.split(/[\n\0]/)[0] ?? "";
  const [interpreter = "", ...rest] = line.replace(/^[ \t]+/, "").split(/[ \t]/);
  if (interpreter === "") throw badFormat(shown, "the first line names no interpreter after #!");
  if (head.length === headerBytes && line === text && rest.length === 0)
    throw badFormat(shown, `the interpreter's name reaches beyond the ${headerBytes} bytes that the system reads`);
  const problem = obstacle(resolve(cwd, interpreter));
  if (problem === undefined) return interpreter;
  const hint = line.endsWith("\r")
    ? "the first line ends in a carriage return: save the script with Unix line ends"
    : "install the interpreter, or name another";
  throw new ToolError("NO_INTERPRETER", `${shown}: its interpreter ${JSON.stringify(interpreter)} ${problem.text}`, {
    exit: problem.exit,
    hint,
  });
}
