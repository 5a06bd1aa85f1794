import type { Context } from "@sukima/core";
import type { Position } from "../loop/shard.ts";
import type { Checkpoint, ShardPosition, StreamIdentity } from "./checkpoint.ts";
import { readCheckpoint } from "./checkpoint-file.ts";
import { diskFiles } from "./disk-files.ts";
import { CheckpointKeeper } from "./keeper.ts";
import { lockCheckpoint } from "./lock.ts";
import { processTable } from "./process-table.ts";

/** A checkpoint file that this process has claimed. */
export interface OpenCheckpoint {
  /** What an earlier run has left in it; undefined when there is no file yet. */
  readonly known: Checkpoint | undefined;
  readonly keeper: CheckpointKeeper;
  /** Write what is not written yet, and let go of the file. */
  close(): void;
}

/** Claim a checkpoint file and read it. Throws `ToolError`, and leaves the file as it is, when it is another stream's, damaged, or in use. */
export function openCheckpoint(path: string, stream: StreamIdentity, { host, clock }: Pick<Context, "host" | "clock">): OpenCheckpoint {
  const files = diskFiles(host.pid);
  const unlock = lockCheckpoint(path, files, processTable(host.pid, host.platform));
  try {
    const known = readCheckpoint(path, stream, files);
    const keeper = new CheckpointKeeper(path, files, clock.elapsedMs);
    const close = (): void => {
      try {
        keeper.flush();
      } finally {
        unlock();
      }
    };
    return { known, keeper, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Where a shard is read on: inside of an aggregated record it is fetched again, and what was printed of it passed over. */
export function positionAfter({ sequence, sub, timeMs }: ShardPosition): Position {
  if (sequence === null) return { at: "time", ms: timeMs };
  return { at: sub === null ? "after" : "sequence", sequence };
}
