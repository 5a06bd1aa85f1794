import { codeOf, isToolError, ToolError } from "./error.ts";
import { platform } from "./platform/index.ts";

/** Somewhere text goes. `isTerminal` decides about colours and about printing secrets. */
export interface Sink {
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** The reader of our output is gone: the tool stops quietly and dies by SIGPIPE (design 4). */
export class ReaderGone extends Error {}

/**
 * Write everything to a file descriptor, synchronously: streams of the runtime would leave O_NONBLOCK on a pipe that we share with the wrapped program.
 * Throws `ReaderGone` when nobody reads any more, and `ToolError` WRITE_FAILED when the text cannot be kept (a full disk).
 */
export function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += platform.files.writeSync(fd, bytes, at);
    } catch (cause) {
      const code = codeOf(cause);
      if (code === "EPIPE") throw new ReaderGone();
      if (code !== "EAGAIN") throw new ToolError("WRITE_FAILED", `cannot write to descriptor ${fd} (${code})`, { cause });
      // Somebody else made the pipe non-blocking and it is full: wait a little and go on.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** A sink over a file descriptor. `isTerminal` is asked only when somebody wants to know. */
export const fdSink = (fd: number, isTerminal: (fd: number) => boolean): Sink => ({
  get isTerminal() {
    return isTerminal(fd);
  },
  write: (text) => writeAll(fd, text),
});

/** A sink that drops what cannot be kept or is read by nobody: a log must not stop the work. */
export const forgivingSink = (sink: Sink): Sink => ({
  get isTerminal() {
    return sink.isTerminal;
  },
  write(text) {
    try {
      sink.write(text);
    } catch (error) {
      if (!isToolError(error) && !(error instanceof ReaderGone)) throw error;
    }
  },
});
