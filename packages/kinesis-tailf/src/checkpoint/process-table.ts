import { readFileSync } from "node:fs";

/** Who is running on this machine. */
export interface ProcessTable {
  /** Number of this process. */
  readonly pid: number;
  /** What tells a process from another one that got its number later; undefined when no process has the number. */
  startOf(pid: number): string | undefined;
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The 22nd field of /proc/PID/stat counts clock ticks since the machine started (proc_pid_stat(5)); the second one, in brackets, may hold anything. */
function linuxStart(pid: number): string | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  if (ticks === undefined) return undefined;
  return `${readOrNothing("/proc/sys/kernel/random/boot_id").trim()} ${ticks}`;
}

/** Elsewhere it is only known whether the process lives, so a number that was given again counts as the old process. */
function elsewhereStart(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return "running";
  } catch (error) {
    // Someone else's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM" ? "running" : undefined;
  }
}

export const processTable = (pid: number, platform: string): ProcessTable => ({
  pid,
  // Without /proc a Linux is like any other system.
  startOf: (of) => (platform === "linux" ? linuxStart(of) : undefined) ?? elsewhereStart(of),
});
