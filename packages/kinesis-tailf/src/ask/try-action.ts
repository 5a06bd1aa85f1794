import type { Context } from "@sukima/core";
import { explain, isRefused } from "../aws/call-error.ts";
import type { Permission } from "./permission.ts";

/** What a call tells of the permission for its action, with its answer if it gave one. */
export interface Trial<T> {
  readonly permission: Permission;
  readonly answer?: T;
}

export interface Trying extends Pick<Context, "clock" | "signal"> {
  /** The stream, for messages. */
  readonly target: string;
}

/** One dry run a second is what a stream allows to everyone together (Developer Guide, on dry runs). */
const dryRunPauseMs = 1000;

/** How often a dry run is tried that others leave no room for. */
const dryRunTries = 10;

/**
 * Make a call to see whether it is allowed. A dry run that would have succeeded is refused with DryRunOperationException (Developer Guide,
 * "Test your permissions and request inputs with dry run"); a service that does not know dry runs answers.
 * Throws what `explain` makes of failures that say nothing of permissions: no such stream, no credentials, no network.
 */
export async function tryAction<T>(operation: string, call: () => Promise<T>, trying: Trying, tries = dryRunTries): Promise<Trial<T>> {
  const { target, clock, signal } = trying;
  const action = `kinesis:${operation}`;
  try {
    return { permission: { action, verdict: "ok" }, answer: await call() };
  } catch (error) {
    signal.throwIfAborted();
    const name = error instanceof Error ? error.name : "";
    if (name === "DryRunOperationException") return { permission: { action, verdict: "ok" } };
    if (isRefused(error)) return { permission: { action, verdict: "missing" } };
    if (name === "ThrottlingException" && tries > 1) {
      await clock.sleep(dryRunPauseMs, signal);
      return tryAction(operation, call, trying, tries - 1);
    }
    // A stream that is being made, a consumer that somebody reads with: another moment would tell.
    if (name === "ResourceInUseException") return { permission: unchecked(action, "the service was busy with it; try again later") };
    throw explain(error, { action, target });
  }
}

export const unchecked = (action: string, note: string): Permission => ({ action, verdict: "not checked", note });
