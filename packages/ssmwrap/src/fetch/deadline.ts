import { type Context, ToolError } from "@sukima/core";
import type { Source } from "../rules/path.ts";

/** A context whose signal also aborts when the time for fetching is over, with a reason that names what was asked for. Call `done` when fetching ended. */
export function withDeadline(
  ctx: Context,
  timeoutMs: number,
  sources: readonly Source[],
): { readonly ctx: Context; readonly done: () => void } {
  const late = new AbortController();
  const cancel = ctx.clock.after(timeoutMs, () => {
    const names = [...new Set(sources.map(({ shown }) => shown))].join(", ");
    late.abort(
      new ToolError("TIMED_OUT", `timed out after ${timeoutMs / 1000} s while fetching ${names}`, {
        hint: "raise -timeout, or look at -log-level info for throttles and retries",
      }),
    );
  });
  return { ctx: { ...ctx, signal: AbortSignal.any([ctx.signal, late.signal]) }, done: cancel };
}
