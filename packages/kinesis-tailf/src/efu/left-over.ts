import type { Context, Log } from "@sukima/core";
import type { ProcessTable } from "../checkpoint/process-table.ts";
import { isLeftOver } from "./consumer-note.ts";
import type { ConsumerPort } from "./consumer-port.ts";
import type { NoteFiles } from "./note-files.ts";

/** Deregister the consumers of processes that crashed. One that cannot be deregistered keeps its note, for the next time. */
export async function deregisterLeftOvers(
  port: ConsumerPort,
  streamArn: string,
  { notes, host, processes }: { readonly notes: NoteFiles; readonly host: string; readonly processes: ProcessTable },
  log: Log,
  { signal }: Pick<Context, "signal">,
): Promise<void> {
  for (const note of notes.read()) {
    if (!isLeftOver(note, streamArn, host, processes)) continue;
    try {
      await port.deregister(note, signal);
      notes.remove(note);
      log.info("deregistered a consumer that an earlier run left behind", { consumer: note.name, stream: note.streamArn });
    } catch (error) {
      signal.throwIfAborted();
      log.warn(`the consumer ${note.name} that an earlier run left behind could not be deregistered`, {
        stream: note.streamArn,
        reason: error instanceof Error ? error.message : undefined,
      });
    }
  }
}
