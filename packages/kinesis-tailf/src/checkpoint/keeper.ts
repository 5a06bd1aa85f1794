import type { Checkpoint } from "./checkpoint.ts";
import { writeCheckpoint } from "./checkpoint-file.ts";
import type { CheckpointFiles } from "./disk-files.ts";

/** A file is written at most so often, which is also what a killed process may print twice. */
const intervalMs = 1_000;

/** Keeps a checkpoint file up to date without writing it for every record. */
export class CheckpointKeeper {
  readonly #path: string;
  readonly #files: CheckpointFiles;
  readonly #elapsedMs: () => number;
  #writtenAtMs = Number.NEGATIVE_INFINITY;
  #pending: Checkpoint | undefined;

  constructor(path: string, files: CheckpointFiles, elapsedMs: () => number) {
    this.#path = path;
    this.#files = files;
    this.#elapsedMs = elapsedMs;
  }

  /** Take note of the positions that the output has accepted; writes when the last time was a second ago. */
  note(checkpoint: Checkpoint): void {
    this.#pending = checkpoint;
    if (this.#elapsedMs() - this.#writtenAtMs >= intervalMs) this.flush();
  }

  /** Write what was noted since the last time: at exit, and when a second has passed without a new record. */
  flush(): void {
    if (this.#pending === undefined) return;
    writeCheckpoint(this.#path, this.#pending, this.#files);
    this.#pending = undefined;
    this.#writtenAtMs = this.#elapsedMs();
  }
}
