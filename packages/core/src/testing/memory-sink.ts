import type { Sink } from "../sink.ts";

/** A sink that remembers. */
export function memorySink(isTerminal = false): Sink & { readonly text: string } {
  let text = "";
  return {
    isTerminal,
    write(more) {
      text += more;
    },
    get text() {
      return text;
    },
  };
}
