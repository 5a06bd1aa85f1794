/** An inflated payload may be so many times larger than what was sent. */
const largestRatio = 1_000;

/** The payload cannot be decoded; `counter` says why. Never leaves this folder. */
export class Undecodable extends Error {
  readonly counter: "decode_failed" | "decode_too_large";

  constructor(counter: "decode_failed" | "decode_too_large") {
    super(counter);
    this.counter = counter;
  }
}

/** Bytes that a compressed payload may grow to. */
export const inflateLimit = (compressedBytes: number, maxInflateBytes: number): number =>
  Math.max(1, Math.min(maxInflateBytes, compressedBytes * largestRatio));

/** Run one of zlib's functions; whatever it throws is the fault of the payload. */
export function inflating(inflate: () => Buffer): Buffer {
  try {
    return inflate();
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new Undecodable(isTooLarge ? "decode_too_large" : "decode_failed");
  }
}
