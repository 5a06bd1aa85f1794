import { codeOf } from "../error.ts";
import type { ExecRequest } from "./seam.ts";

const nothing = (): void => {};

/**
 * Become a program by the runtime's own means. SIGPIPE and SIGXFSZ, which runtimes ignore, stay ignored in the program unless a handler is there:
 * a handled signal is reset to its default by exec (measured on Node and Bun).
 * Returns only on failure, with the system's error name where the runtime tells it: Node does from version 26 on, before that it aborts.
 */
export function execByRuntime({ paths, argv, env }: ExecRequest): string {
  process.on("SIGPIPE", nothing);
  process.on("SIGXFSZ", nothing);
  // From here on INT and TERM end the process, where they would be lost with the listeners that nobody calls any more.
  for (const name of ["SIGINT", "SIGTERM"]) process.removeAllListeners(name);
  try {
    process.execve?.(paths[0] ?? "", [...argv], env);
  } catch (error) {
    // The message of a refused argument quotes the whole environment: only a system error's name leaves this place.
    const code = codeOf(error);
    return /^E[A-Z0-9]+$/.test(code) ? code : "EINVAL";
  }
  return "ENOSYS";
}
