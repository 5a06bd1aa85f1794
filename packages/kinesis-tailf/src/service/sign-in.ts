import { isToolError } from "@sukima/core";
import type { Context, Log } from "@sukima/core";
import { explain } from "../aws/call-error.ts";
import type { Trouble } from "../loop/port.ts";

/** So long a tail goes on asking for credentials that have run out. */
const patienceMs = 600_000;

/** Waits for somebody to sign in again: says once how, asks the provider anew, and gives up after ten minutes. */
export class SignIn {
  readonly #clock: Context["clock"];
  readonly #log: Log;
  readonly #refresh: () => Promise<unknown>;
  #sinceMs: number | undefined;

  constructor(clock: Context["clock"], log: Log, refresh: () => Promise<unknown>) {
    this.#clock = clock;
    this.#log = log;
    this.#refresh = refresh;
  }

  /** A call could not be signed, or was refused for its signature. Throws `ToolError` when that has lasted too long. */
  missing({ cause }: Trouble, target: string): void {
    const now = this.#clock.elapsedMs();
    const explained = explain(cause, { action: "kinesis:GetRecords", target });
    if (this.#sinceMs === undefined && isToolError(explained)) {
      this.#log.warn(`${explained.message}; trying for ten minutes`, explained.hint === undefined ? {} : { hint: explained.hint });
    }
    this.#sinceMs ??= now;
    if (now - this.#sinceMs > patienceMs) throw explained;
    this.#refresh().catch(() => {});
  }

  /** A call went through. */
  present(): void {
    this.#sinceMs = undefined;
  }
}
