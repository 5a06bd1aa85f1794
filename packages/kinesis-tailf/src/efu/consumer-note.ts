import type { ProcessTable } from "../checkpoint/process-table.ts";

/** What is kept on disk about a consumer that this tool registered, so that a later start can deregister it when its process crashed. */
export interface ConsumerNote {
  readonly streamArn: string;
  readonly name: string;
  /** Null while its registration is under way: it may exist or not. */
  readonly arn: string | null;
  /** The machine of the process; processes of others cannot be seen from here. */
  readonly host: string;
  readonly pid: number;
  /** Tells the process from another that gets its number later. */
  readonly started: string;
}

/** The note in a file's text, undefined when it is none. */
export function parseNote(text: string): ConsumerNote | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== "object" || content === null) return undefined;
  const { streamArn, name, arn, host, pid, started }: Partial<Record<string, unknown>> = { ...content };
  if (typeof streamArn !== "string" || typeof name !== "string" || typeof host !== "string" || typeof started !== "string")
    return undefined;
  if ((arn !== null && typeof arn !== "string") || typeof pid !== "number") return undefined;
  return { streamArn, name, arn, host, pid, started };
}

/** `arn:aws:kinesis:REGION:ACCOUNT`: what a client can reach. */
const reachOf = (arn: string): string => arn.split(":").slice(0, 5).join(":");

/** Whether a consumer is left over from a process of this machine that is gone, and can be deregistered by whoever reads the stream of this ARN. */
export const isLeftOver = (note: ConsumerNote, streamArn: string, host: string, { startOf }: ProcessTable): boolean =>
  reachOf(note.streamArn) === reachOf(streamArn) && note.host === host && startOf(note.pid) !== note.started;
