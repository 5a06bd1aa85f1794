import { ToolError } from "@sukima/core";
import type { CheckpointFiles } from "./disk-files.ts";
import type { ProcessTable } from "./process-table.ts";

/**
 * Claim a checkpoint for this process with a lock file beside it; the function that it gives lets go.
 * The lock of a process that is gone, or whose number now belongs to another, is taken over.
 * Throws `ToolError` CHECKPOINT_IN_USE (exit 1) when a running process holds it. Only processes of this machine, and of this container, are known.
 */
export function lockCheckpoint(path: string, files: CheckpointFiles, processes: ProcessTable): () => void {
  const lock = `${path}.lock`;
  const { pid } = processes;
  const mine = `${JSON.stringify({ pid, started: processes.startOf(pid) })}\n`;
  // Each round ends with a lock, a refusal, or because another process moved first: three in a row do not happen by chance.
  for (let round = 0; round < 3; round++) {
    if (files.create(lock, mine)) return () => release(lock, mine, files);
    const found = files.read(lock);
    if (found === undefined) continue;
    const holder = runningHolder(found, processes);
    if (holder !== undefined) throw inUse(path, `process ${holder}`);
    setAside(lock, found, files, pid);
  }
  throw inUse(path, "another process that is starting");
}

const inUse = (path: string, who: string): ToolError =>
  new ToolError("CHECKPOINT_IN_USE", `${path} is in use by ${who}`, { hint: "give each process a checkpoint file of its own" });

/** The process that wrote the lock, if it still runs. A lock that cannot be read was left by a crash: locks appear whole. */
function runningHolder(text: string, processes: ProcessTable): number | undefined {
  const [, pid, started] = /^\{"pid":(\d+),"started":"([^"]*)"\}\n$/.exec(text) ?? [];
  return pid !== undefined && processes.startOf(Number(pid)) === started ? Number(pid) : undefined;
}

/** Two processes may find the same stale lock. Both rename it, and the slower one would get the fresh lock of the other: it puts that back. */
function setAside(lock: string, stale: string, files: CheckpointFiles, pid: number): void {
  const aside = `${lock}.${pid}`;
  if (!files.move(lock, aside)) return;
  const moved = files.read(aside);
  if (moved !== undefined && moved !== stale) files.create(lock, moved);
  files.remove(aside);
}

function release(lock: string, mine: string, files: CheckpointFiles): void {
  if (files.read(lock) === mine) files.remove(lock);
}
