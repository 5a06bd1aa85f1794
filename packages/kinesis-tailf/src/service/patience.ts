import type { Context } from "@sukima/core";
import { backoffMs } from "../aws/backoff.ts";
import { explain } from "../aws/call-error.ts";
import { Trouble } from "../loop/port.ts";

/** Tries of a call before the loop runs, which has a patience of its own. */
const tries = 5;

const mayPass = ({ kind }: Trouble): boolean => kind === "throttled" || kind === "transient";

/** What a call about the stream gives, asked again while its trouble may pass. Rejects with `ToolError` for trouble that does not, named by the action. */
export async function patiently<T>(action: string, target: string, call: () => Promise<T>, { clock, random, signal }: Context): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (!mayPass(error) || failures === tries) throw explain(error.cause, { action, target });
      await clock.sleep(backoffMs(failures, 1000, random()), signal);
    }
  }
}
