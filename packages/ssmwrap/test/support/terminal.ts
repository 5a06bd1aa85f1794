import { execFileSync } from "node:child_process";
import { type Started, start, type StartSettings } from "./executables.ts";

/** Whether util-linux's script(1) is here, which runs a command on a terminal of its own. */
export const hasTerminals = ((): boolean => {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Start a command on a terminal, as the only child of what has been started; `type` presses keys there. */
export function startOnTerminal(command: readonly string[], settings: StartSettings): Started & { readonly type: (keys: string) => void } {
  const started = start(["script", "-qec", `exec ${command.map(quoted).join(" ")}`, "/dev/null"], {
    ...settings,
    stdin: false,
    env: { SHELL: "/bin/sh", ...settings.env },
  });
  return { ...started, type: (keys) => void started.child.stdin?.write(keys) };
}
