import type { Context } from "@sukima/core";

/** An answer of 10 MiB over a slow line takes its time; a connection that a sleeping laptop has lost never answers. */
const limitMs = 60_000;

/** One call with a limit of its own: `call` gets a signal that aborts with `signal`, and with a `TimeoutError` when there was no answer for a minute. */
export async function limited<T>(
  { clock }: Pick<Context, "clock">,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  // By hand: AbortSignal.timeout keeps a timer for the whole minute after each call.
  let isOver = false;
  const cancel = clock.after(limitMs, () => {
    isOver = true;
    controller.abort(new DOMException("no answer for a minute", "TimeoutError"));
  });
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await call(controller.signal);
  } catch (error) {
    // The SDK makes an AbortError of every reason, and that ends a run.
    throw isOver && !signal.aborted ? controller.signal.reason : error;
  } finally {
    cancel();
    signal.removeEventListener("abort", stop);
  }
}
