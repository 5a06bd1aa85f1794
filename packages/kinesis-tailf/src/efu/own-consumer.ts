import { type Context, isToolError, type Log, ToolError } from "@sukima/core";
import { type Consumer, full, type Unavailable, untilActive } from "./consumer.ts";
import { consumerName } from "./consumer-name.ts";
import type { ConsumerNote } from "./consumer-note.ts";
import type { ConsumerPort } from "./consumer-port.ts";
import type { NoteFiles } from "./note-files.ts";
import { patiently } from "../service/patience.ts";
import { within } from "./within.ts";

const nameTries = 3;
/** The outcome of a registration must be known, as a consumer costs money: an interruption does not cut the call short, only this limit does. */
const registerWithinMs = 10_000;
/** How long an interrupted run may take to end. */
const closeWithinMs = 2000;

/**
 * Register a consumer of this process's own. Its note is written before the service can have heard of it.
 * A name that is taken belongs to somebody else, as containers may share a host's name and a process's number: another one is tried.
 */
export async function registerOwn(
  port: ConsumerPort,
  mine: Omit<ConsumerNote, "name" | "arn">,
  { notes, log }: { readonly notes: NoteFiles; readonly log: Log },
  ctx: Context,
): Promise<Consumer | Unavailable> {
  for (let tries = 0; tries < nameTries; tries++) {
    const name = consumerName(mine.host, mine.pid, tries, ctx.random());
    if ((await patiently(() => port.describe(name, ctx.signal), ctx)) !== undefined) continue;
    const intent: ConsumerNote = { ...mine, name, arn: null };
    notes.write(intent);
    const made = await registerNoted(port, intent, notes, ctx);
    if (made === "full") return full(mine.streamArn);
    if (made === "exists") continue;
    notes.write(made);
    const close = (): Promise<void> => deregister(port, made, { notes, log }, ctx);
    try {
      return { arn: await untilActive(port, name, ctx), close };
    } catch (error) {
      await close();
      throw error;
    }
  }
  throw new ToolError("NO_CONSUMER", `the names of ${nameTries} consumers are taken`, { hint: "choose one with -consumer" });
}

/** The note of the consumer that was made; its ARN stays open when only a lost answer told of it. */
async function registerNoted(
  port: ConsumerPort,
  intent: ConsumerNote,
  notes: NoteFiles,
  ctx: Context,
): Promise<ConsumerNote | "exists" | "full"> {
  let lost = 0;
  const call = (): ReturnType<ConsumerPort["register"]> =>
    within(ctx.clock, registerWithinMs, (signal) => port.register(intent.name, signal));
  try {
    const made = await patiently(call, ctx, () => lost++);
    if (typeof made !== "string") return { ...intent, arn: made.arn };
    if (lost > 0 && made === "exists") return intent;
    if (lost === 0) notes.remove(intent);
    return made;
  } catch (error) {
    // After anything but a refusal it may exist: the note stays, and the next start looks.
    if (isToolError(error) && lost === 0) notes.remove(intent);
    throw error;
  }
}

async function deregister(
  port: ConsumerPort,
  note: ConsumerNote,
  { notes, log }: { readonly notes: NoteFiles; readonly log: Log },
  { clock }: Context,
): Promise<void> {
  try {
    await within(clock, closeWithinMs, (signal) => port.deregister(note, signal));
    notes.remove(note);
  } catch (error) {
    log.warn(`the consumer ${note.name} could not be deregistered`, {
      reason: error instanceof Error ? error.message : undefined,
      hint: `it costs money: aws kinesis deregister-stream-consumer --stream-arn ${note.streamArn} --consumer-name ${note.name}`,
    });
  }
}
