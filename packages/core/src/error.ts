/** What a `ToolError` may carry besides its sentence. */
export interface ErrorDetails {
  /** Exit code, 1 (tried and failed) unless given. */
  readonly exit?: number;
  /** The next thing to type or to change. */
  readonly hint?: string;
  /** Further sentences of the same kind, each reported as a line of its own: a file can be wrong in several places. */
  readonly more?: readonly string[];
  /** Whether the report ends with the usage line: for exit 2, unless something else than the command line is wrong. */
  readonly showUsage?: boolean;
  readonly cause?: unknown;
}

const brand = Symbol.for("sukima.ToolError");

/**
 * A failure that we expect and can explain.
 * `code` is stable and greppable, `message` is one sentence that names the thing, `hint` is the way out.
 * Anything thrown that is not a `ToolError` is a bug of ours (exit 70).
 */
export class ToolError extends Error {
  readonly code: string;
  readonly exit: number;
  readonly hint: string | undefined;
  readonly more: readonly string[];
  readonly showUsage: boolean;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "ToolError";
    this.code = code;
    this.exit = details.exit ?? 1;
    this.hint = details.hint;
    this.more = details.more ?? [];
    this.showUsage = details.showUsage ?? this.exit === 2;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether something thrown is a `ToolError`. The npm form is two files, each with its own copy of the class, so a brand decides. */
export const isToolError = (thrown: unknown): thrown is ToolError => thrown instanceof Error && brand in thrown;

/** Bad flag, bad configuration, missing argument: nothing was started (exit 2). */
export const usageError = (code: string, message: string, hint?: string): ToolError =>
  new ToolError(code, message, hint === undefined ? { exit: 2 } : { exit: 2, hint });

/** What ends the run as a death by this signal: one that the process was sent, as the reason of `ctx.signal`, or one that killed its child. */
export class Interrupted extends Error {
  readonly signalName: NodeJS.Signals;

  constructor(signalName: NodeJS.Signals) {
    super(`stopped by ${signalName}`);
    this.name = "Interrupted";
    this.signalName = signalName;
  }
}

/** The code of an error of the system or of the runtime (`ENOENT`), or nothing. */
export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");
