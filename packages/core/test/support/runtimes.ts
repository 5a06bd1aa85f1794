import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { HttpAnswer, HttpRequest } from "../../src/platform/seam.ts";

/** What `exchanges.ts` is told, a line each. */
export type Ask =
  | ({ readonly id: number; readonly names: readonly string[] } & Omit<HttpRequest, "signal">)
  | { readonly id: number; readonly abort: string };

/** What it tells. */
export type Told =
  | {
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [string, string | undefined])[];
      /** In base64. */
      readonly body: string;
    }
  | { readonly id: number; readonly code: string; readonly message: string };

/** The Bun that builds the release form, where this platform has one installed. */
const bun = ["linux-x64-baseline", "linux-aarch64", "darwin-aarch64", "darwin-x64-baseline"]
  .map((platform) => fileURLToPath(new URL(`../../../../node_modules/@oven/bun-${platform}/bin/bun`, import.meta.url)))
  .find(existsSync);

/** The runtimes that are here, with their executables. */
export const runtimes: readonly (readonly [name: string, executable: string])[] = [
  ["Node", process.execPath],
  ...(bun === undefined ? [] : ([["Bun", bun]] as const)),
];

/** A runtime in a process of its own. */
export interface Runtime {
  /** `names` are the headers that the caller wants to see. */
  ask(request: HttpRequest, names: readonly string[]): Promise<HttpAnswer<Buffer>>;
  /** Ask for nothing more. Resolves when nothing keeps the process any longer. */
  end(): Promise<void>;
}

export function startRuntime(executable: string): Runtime {
  const script = fileURLToPath(new URL("exchanges.ts", import.meta.url));
  const child = spawn(executable, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const waiting = new Map<number, (told: Told) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const told: Told = JSON.parse(line);
    waiting.get(told.id)?.(told);
  });
  const say = (ask: Ask): void => void child.stdin.write(`${JSON.stringify(ask)}\n`);
  let last = 0;
  return {
    async ask({ signal, ...request }, names) {
      const id = ++last;
      const told = await new Promise<Told>((resolve) => {
        waiting.set(id, resolve);
        const abort = (): void => say({ id, abort: String(signal.reason) });
        if (signal.aborted) abort();
        else signal.addEventListener("abort", abort);
        say({ id, names, ...request });
      });
      if (!("status" in told)) throw Object.assign(new Error(told.message), { code: told.code });
      const headers = new Map(told.headers);
      return { status: told.status, header: (name) => headers.get(name) ?? undefined, body: Buffer.from(told.body, "base64") };
    },
    end() {
      child.stdin.end();
      return ended;
    },
  };
}
