import type { Context } from "@sukima/core";
import { type Call, explain } from "../../aws/call-error.ts";
import { limited } from "../../aws/limited.ts";
import { isEnough, noRefusals, oneMore, pauseMs } from "../send/patience.ts";
import { refusalOf } from "./refusal.ts";

/** What a call of one attempt gives, asked again as often as a record is sent again. Rejects with what no time mends, and with the reason of `signal`. */
export async function persistently<T>(
  call: (signal: AbortSignal) => Promise<T>,
  about: Call,
  signal: AbortSignal,
  ctx: Pick<Context, "clock" | "random">,
): Promise<T> {
  for (let refusals = noRefusals; ;) {
    try {
      return await limited(ctx, signal, call);
    } catch (error) {
      signal.throwIfAborted();
      const refusal = refusalOf(error, about, signal);
      if (refusal.kind === "refused") throw refusal.error;
      refusals = oneMore(refusals, refusal.kind);
      if (isEnough(refusals)) throw explain(error, about);
      await ctx.clock.sleep(pauseMs(refusals, ctx.random()), signal);
    }
  }
}
