import { write, writeSync } from "node:fs";
import { promisify } from "node:util";
import { codeOf, type Clock, ReaderGone, ToolError } from "@sukima/core";
import { outputPipe } from "@sukima/core/output-pipe";

const writeSome = promisify(write);

/** Bytes to a file descriptor, in order. */
export interface ByteWriter {
  /** Resolves when the system has taken every byte; rejects with `ReaderGone` when nobody reads any more, with `ToolError` WRITE_FAILED for a full disk. */
  write(bytes: Uint8Array): Promise<void>;
}

/** Bytes behind which an output is long, and its pipe may get wider. A short one is to end in the usual room: its writer learns that `head` has had enough. */
const longOutput = 4 * 2 ** 20;

/**
 * A writer whose waiting leaves the program alive: a pipe that nobody reads blocks a thread of the runtime's pool and not the loop, so that signals are still heard.
 * Callers wait for `write` before they fetch more, which is all the backpressure there is.
 */
export function byteWriter(fd: number, clock: Pick<Clock, "sleep">): ByteWriter {
  let last: Promise<void> = Promise.resolve();
  let written = 0;
  const writeAll = async (bytes: Uint8Array): Promise<void> => {
    if (written < longOutput && (written += bytes.length) >= longOutput) outputPipe.widen(fd);
    for (let at = 0; at < bytes.length;) {
      try {
        // What the pipe takes at once is written at once: to hand a page to another thread costs a tenth of reading it.
        const room = outputPipe.room(fd);
        at += room > 0 ? writeSync(fd, bytes, at, Math.min(room, bytes.length - at)) : (await writeSome(fd, bytes, at)).bytesWritten;
      } catch (cause) {
        const code = codeOf(cause);
        if (code === "EPIPE") throw new ReaderGone();
        if (code !== "EAGAIN") throw new ToolError("WRITE_FAILED", `cannot write to descriptor ${fd} (${code})`, { cause });
        // Somebody else made the pipe non-blocking and it is full.
        await clock.sleep(5);
      }
    }
  };
  return {
    write(bytes) {
      last = last.then(() => writeAll(bytes));
      return last;
    },
  };
}
