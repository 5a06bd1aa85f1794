import type { Context } from "@sukima/core";

/**
 * Let signals that have arrived be seen, and throw the `Interrupted` of one that stops us.
 * Signals are handled between turns of the event loop; work that never waits would lose them, with our handlers, when the process becomes another program.
 */
export async function heedSignals({ signal }: Pick<Context, "signal">): Promise<void> {
  // The first turn may end before the loop has polled: that of a callback of the network did, on Node.
  for (let turn = 0; turn < 2; turn++) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    await promise;
  }
  signal.throwIfAborted();
}
