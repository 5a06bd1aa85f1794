import { describeSpan, type Span } from "./source.ts";

/** One line of a stack trace: where, and in what (`function <f>`, `object <anonymous>`, `thunk <x>`). */
export interface TraceLine {
  readonly span: Span | undefined;
  readonly name: string;
}

/** Everything the language reports. `message` is one sentence without a position; {@link JsonnetError.format} is the whole story. */
export class JsonnetError extends Error {
  readonly kind: "static" | "runtime";
  /** Where a static error is. A run-time error has a trace instead. */
  readonly span: Span | undefined;
  /** Innermost call first; filled in by the machine on the way out. */
  trace: TraceLine[] = [];

  constructor(kind: "static" | "runtime", message: string, span?: Span) {
    super(message);
    this.name = "JsonnetError";
    this.kind = kind;
    this.span = span;
  }

  /**
   * The text the command prints on stderr, without a last newline.
   * `maxTrace` limits the trace lines (0: no limit); the middle is what gets cut.
   */
  format(maxTrace = 20): string {
    if (this.kind === "static") return `STATIC ERROR: ${this.span ? `${describeSpan(this.span)} ` : ""}${this.message}`;
    const lines = this.trace.map(({ span, name }) => `\t${span ? `${describeSpan(span)}\t` : ""}${name}\t`.trimEnd());
    if (maxTrace > 0 && lines.length > maxTrace) {
      const top = Math.ceil(maxTrace / 2);
      lines.splice(top, lines.length - maxTrace, "\t...");
    }
    return [`RUNTIME ERROR: ${this.message}`, ...lines].join("\n");
  }
}

/** A run-time error without a trace yet: the machine adds it where the error passes through. */
export function fail(message: string): JsonnetError {
  return new JsonnetError("runtime", message);
}

/** An error found before evaluation. */
export function failAt(span: Span, message: string): JsonnetError {
  return new JsonnetError("static", message, span);
}
