import { type Context, usageError } from "@sukima/core";
import { type StreamPort, Trouble } from "../loop/port.ts";
import { patiently } from "../service/patience.ts";
import type { From } from "./from.ts";

/**
 * Throws a usage error when `-from seq` names a record that its shard does not have. Asked beforehand, since the loop takes a number that is refused for one that retention
 * has passed, as a checkpoint's may be, and goes on with the oldest record. Other troubles are left to the loop.
 */
export async function checkRecord(from: From, port: Pick<StreamPort, "iterator">, ctx: Context): Promise<void> {
  if (typeof from !== "object") return;
  const { shard, sequence } = from;
  try {
    await patiently(() => port.iterator(shard, { at: "sequence", sequence }, ctx.signal), ctx);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.kind !== "trimmed") return;
    throw usageError(
      "NO_SUCH_RECORD",
      `-from: the shard ${shard} has no record ${sequence}, or retention has taken it`,
      "take the number from -o json, or begin with the oldest record: -from horizon",
    );
  }
}
