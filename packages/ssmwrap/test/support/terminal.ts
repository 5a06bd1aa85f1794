import { execFileSync } from "node:child_process";
import { type Started, start, type StartSettings } from "./executables.ts";

/** Words that run the shell command behind them on a terminal of its own, and give its exit code. */
const onTerminal = ["script", "-qec"] as const;

/** Whether util-linux's script(1) is here. */
export const hasTerminals = ((): boolean => {
  try {
    return execFileSync(onTerminal[0], ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Start a command on a terminal, as the only child of what has been started; `type` presses keys there. */
export function startOnTerminal(command: readonly string[], settings: StartSettings): Started & { readonly type: (keys: string) => void } {
  const started = start([...onTerminal, `exec ${command.map(quoted).join(" ")}`, "/dev/null"], {
    ...settings,
    stdin: false,
    env: { SHELL: "/bin/sh", ...settings.env },
  });
  return { ...started, type: (keys) => void started.child.stdin?.write(keys) };
}
