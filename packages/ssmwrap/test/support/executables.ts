import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { on, once } from "node:events";
import { join } from "node:path";
import { afterEach } from "vitest";

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
  /** What stdin has to say; false leaves it open. */
  readonly stdin?: string | false;
  readonly stdio?: StdioOptions;
  readonly cwd?: string;
}

/** What every start gets: nothing of the test's own environment but PATH. */
const base = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent" };

/** Process groups that a test has started: whatever it left running, also by failing, ends with it. */
const groups = new Set<number>();
afterEach(() => {
  for (const group of groups) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // Nobody of it is left.
    }
  }
  groups.clear();
});

/** A command that has been started. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves with everything it wrote. */
  readonly ended: Promise<Ended>;
  /** Waits until it has written this on its stdout; rejects when that ends before. */
  readonly says: (text: string) => Promise<void>;
}

/** Start any command, in a process group of its own. */
export function start([program, ...args]: readonly [string, ...string[]], settings: StartSettings = {}): Started {
  const { env = {}, stdin = "", stdio = "pipe", cwd } = settings;
  const child = spawn(program, args, { env: { ...base, ...env }, stdio, detached: true, ...(cwd === undefined ? {} : { cwd }) });
  if (child.pid !== undefined) groups.add(child.pid);
  const texts = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (texts.err += text));
  child.stdin?.on("error", () => {});
  if (stdin !== false) child.stdin?.end(stdin);
  const ended = once(child, "close").then(() => ({ code: child.exitCode, signal: child.signalCode, ...texts, pid: child.pid ?? 0 }));
  const says = async (text: string): Promise<void> => {
    if (child.stdout === null || texts.out.includes(text)) return;
    for await (const _chunk of on(child.stdout, "data", { close: ["end"] })) if (texts.out.includes(text)) return;
    throw new Error(`ended without ${JSON.stringify(text)}: ${texts.out}${texts.err}`);
  };
  return { child, ended, says };
}

/** Run a form of ssmwrap to its end. */
export const runForm = (form: Form, argv: readonly string[], settings: StartSettings = {}): Promise<Ended> =>
  start([...form.command, ...argv], settings).ended;
