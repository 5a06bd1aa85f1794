import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Env } from "@sukima/core";

const root = join(import.meta.dirname, "../../../../..");

type Form = { readonly name: string; readonly command: readonly [string, ...string[]] };

/** A tool of this package as it is built: the executable for this machine, and the file for Node. */
const formsOf = (tool: string): readonly [Form, Form] => [
  { name: "release", command: [join(root, `dist/bin/${tool}`)] },
  { name: "npm", command: [process.execPath, join(root, `packages/kinesis-tailf/dist/${tool}.cjs`)] },
];

export const forms = formsOf("kinesis-tailf");
export const catForms = formsOf("kinesis-cat");

/** How a process ended, and all that it said. */
interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess & {
    readonly stdin: NonNullable<ChildProcess["stdin"]>;
    readonly stdout: NonNullable<ChildProcess["stdout"]>;
  };
  /** Resolves when so many bytes have been printed, or the process has ended. */
  printed(length: number): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Start a program in an environment that holds nothing else; its output is read as it comes. */
export function start([program, ...args]: readonly [string, ...string[]], env: Env): Running {
  const child = spawn(program, args, {
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (more: string) => (out += more));
  child.stderr.setEncoding("utf8").on("data", (more: string) => (err += more));
  const ended = once(child, "close").then(() => ({ code: child.exitCode, signal: child.signalCode, out, err }));
  const printed = async (length: number): Promise<void> => {
    while (out.length < length && child.exitCode === null && child.signalCode === null)
      await Promise.race([once(child.stdout, "data"), ended]);
  };
  return { child, printed, ended };
}
