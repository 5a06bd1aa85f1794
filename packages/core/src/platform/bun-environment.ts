import type { Env } from "../context.ts";

/** What Bun lists without its value when that is empty, and what it answers with another variable's value (`$X` with X); measured on 1.4.5. */
const isAltered = (name: string, value: string | undefined): boolean => value === undefined || name.startsWith("$");

/**
 * The variables as the caller gave them, where the runtime shows some of them otherwise. `read` gives the text of a file of /proc, or throws.
 * Gives `shown` itself when nothing is altered, or where there is no /proc.
 */
export function trueEnvironment(shown: Env, read: (path: string) => string): Env {
  let altered = false;
  for (const name of Object.keys(shown)) if (isAltered(name, shown[name])) altered = true;
  if (!altered) return shown;
  const env: Record<string, string | undefined> = { ...shown };
  try {
    for (const entry of read("/proc/self/environ").split("\0")) {
      const equals = entry.indexOf("=");
      const name = entry.slice(0, Math.max(0, equals));
      if (name in shown && isAltered(name, shown[name])) env[name] = entry.slice(equals + 1);
    }
  } catch {
    return shown;
  }
  return env;
}
