import { type Context, ToolError } from "@sukima/core";
import type { ConsumerPort } from "./consumer-port.ts";
import { patiently } from "../service/patience.ts";

/** A consumer that is ACTIVE. */
export interface Consumer {
  readonly arn: string;
  /** Deregister it, if it is this process's own. Never rejects; takes two seconds at the most, also after `ctx.signal` has aborted. */
  close(): Promise<void>;
}

/** Why there is no consumer, though the stream can be polled. */
export interface Unavailable {
  readonly reason: string;
  readonly hint: string | undefined;
}

export const full = (streamArn: string): Unavailable => ({
  reason: `${streamArn} takes no further consumer`,
  hint: `deregister one that nobody uses; see aws kinesis list-stream-consumers --stream-arn ${streamArn}`,
});

const activeWithinMs = 120_000;
const lookEveryMs = 1000;

/** The ARN of a consumer, once it is ACTIVE. Throws `ToolError` NO_CONSUMER when that takes longer than two minutes. */
export async function untilActive(port: ConsumerPort, name: string, ctx: Context): Promise<string> {
  const { clock, signal } = ctx;
  const deadlineMs = clock.elapsedMs() + activeWithinMs;
  for (;;) {
    // One that was just registered may not be seen at first.
    const { arn, status } = (await patiently(() => port.describe(name, signal), ctx)) ?? { arn: "", status: "not there" };
    if (status === "ACTIVE") return arn;
    if (clock.elapsedMs() >= deadlineMs) {
      throw new ToolError("NO_CONSUMER", `the consumer ${name} is ${status}, and has not become ACTIVE within two minutes`, {
        hint: "try again later, or without -efu",
      });
    }
    await clock.sleep(lookEveryMs, signal);
  }
}
