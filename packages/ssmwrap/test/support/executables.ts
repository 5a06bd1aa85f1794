import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../..");

/** A built form of ssmwrap, and the words that start it. */
export interface Form {
  readonly name: "release" | "npm";
  readonly command: readonly [string, ...string[]];
}

export const release: Form = { name: "release", command: [join(root, "dist/bin/ssmwrap")] };
export const npm: Form = { name: "npm", command: [process.execPath, join(root, "packages/ssmwrap/dist/ssmwrap.cjs")] };
export const forms: readonly Form[] = [release, npm];

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly pid: number;
}

export interface StartSettings {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly stdio?: StdioOptions;
  readonly cwd?: string;
}

/** What every start gets: nothing of the test's own environment but PATH. */
const base = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent" };

/** Start any command; `ended` resolves with everything it wrote. */
export function start(
  [program, ...args]: readonly [string, ...string[]],
  settings: StartSettings = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const { env = {}, stdin, stdio = "pipe", cwd } = settings;
  const child = spawn(program, args, { env: { ...base, ...env }, stdio, ...(cwd === undefined ? {} : { cwd }) });
  const texts = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (texts.err += text));
  child.stdin?.on("error", () => {}).end(stdin ?? "");
  const ended = once(child, "close").then(() => ({ code: child.exitCode, signal: child.signalCode, ...texts, pid: child.pid ?? 0 }));
  return { child, ended };
}

/** Run a form of ssmwrap to its end. */
export const runForm = (form: Form, argv: readonly string[], settings: StartSettings = {}): Promise<Ended> =>
  start([...form.command, ...argv], settings).ended;
