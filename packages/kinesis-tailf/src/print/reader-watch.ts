import type { Clock } from "@sukima/core";
import { outputPipe } from "@sukima/core/output-pipe";

/** How often a reader is looked for. */
const everyMs = 100;

/**
 * Call `gone` when nobody reads our output any more, as after `| head -1`: a tail of a quiet stream would learn of it with the next record only.
 * Where the runtime cannot know, nothing is called. Gives the function that ends the watch.
 */
export function watchReader(fd: number, clock: Pick<Clock, "after">, gone: () => void): () => void {
  let cancel = (): void => {};
  const look = (): void => {
    if (outputPipe.isAbandoned(fd)) return gone();
    cancel = clock.after(everyMs, look);
  };
  look();
  return () => cancel();
}
