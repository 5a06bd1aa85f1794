import { closeSync, constants, fstatSync, openSync } from "node:fs";
import type { Clock } from "@sukima/core";

/** How often a reader is looked for. */
const everyMs = 100;

/**
 * Call `gone` when nobody has the other end of a pipe open any more, as after `| head -1`: a tail of a quiet stream would learn of it with the next record only.
 * Opening a pipe to write without waiting fails with ENXIO then (fifo(7)). Linux; elsewhere, and for what is no pipe, nothing is watched. Gives the function that ends the watch.
 */
export function watchReader(fd: number, clock: Pick<Clock, "after">, gone: () => void): () => void {
  let cancel = (): void => {};
  const look = (): void => {
    try {
      closeSync(openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENXIO") return gone();
      // Whatever else it is, it says nothing of the reader.
      return;
    }
    cancel = clock.after(everyMs, look);
  };
  if (isPipe(fd)) look();
  return () => cancel();
}

function isPipe(fd: number): boolean {
  try {
    return process.platform === "linux" && fstatSync(fd).isFIFO();
  } catch {
    return false;
  }
}
