import { ToolError } from "@sukima/core";
import type { Checkpoint, ShardPosition, StreamIdentity } from "./checkpoint.ts";
import type { CheckpointFiles } from "./disk-files.ts";

/** Version of the file format that is written, and the only one that is read. */
const version = 1;

const afresh = "move the file away to start without it, with -from latest or -start";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The checkpoint in a file, undefined when there is no file. Changes nothing.
 * Throws `ToolError` (exit 1): BAD_CHECKPOINT for a file that is cut, damaged or of another version, OTHER_STREAM for one of another stream.
 */
export function readCheckpoint(path: string, stream: StreamIdentity, files: CheckpointFiles): Checkpoint | undefined {
  const text = files.read(path);
  if (text === undefined) return undefined;
  const checkpoint = parse(text, (problem) => new ToolError("BAD_CHECKPOINT", `${path}: ${problem}`, { hint: afresh }));
  if (checkpoint.streamArn !== stream.streamArn) {
    throw new ToolError("OTHER_STREAM", `${path} belongs to ${checkpoint.streamArn}, not to ${stream.streamArn}`, { hint: afresh });
  }
  if (checkpoint.createdMs !== stream.createdMs) {
    throw new ToolError("OTHER_STREAM", `${path} belongs to an earlier stream of the same name, which was deleted`, { hint: afresh });
  }
  return checkpoint;
}

/** Replace the file; a crash leaves the old content or the new one, whole. Throws `ToolError` CHECKPOINT_FAILED. */
export function writeCheckpoint(path: string, { streamArn, createdMs, shards }: Checkpoint, files: CheckpointFiles): void {
  const positions = [...shards].map(([id, { sequence, sub, state, timeMs }]) => [
    id,
    { seq: sequence, sub, state, time: new Date(timeMs).toISOString() },
  ]);
  const content = { version, streamArn, created: new Date(createdMs).toISOString(), shards: Object.fromEntries(positions) };
  files.replace(path, `${JSON.stringify(content)}\n`);
}

type Refuse = (problem: string) => ToolError;

function parse(text: string, refuse: Refuse): Checkpoint {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuse("this is no checkpoint, or it is cut short");
  }
  if (!isObject(content)) throw refuse("this is no checkpoint");
  if (content["version"] !== version) {
    throw refuse(`this is version ${JSON.stringify(content["version"])} of a checkpoint, and version ${version} is needed`);
  }
  const { streamArn, shards } = content;
  const createdMs = parseTime(content["created"]);
  if (typeof streamArn !== "string" || createdMs === undefined || !isObject(shards)) {
    throw refuse("this checkpoint is damaged: it does not name its stream and shards");
  }
  const positions = Object.entries(shards).map(([id, position]) => [id, parsePosition(id, position, refuse)] as const);
  return { streamArn, createdMs, shards: new Map(positions) };
}

function parsePosition(id: string, position: unknown, refuse: Refuse): ShardPosition {
  if (!isObject(position)) throw refuse(`this checkpoint is damaged at ${id}`);
  const { seq, sub, state } = position;
  const timeMs = parseTime(position["time"]);
  const isSequence = seq === null || (typeof seq === "string" && /^\d+$/.test(seq));
  const isSub = sub === null || (typeof sub === "number" && Number.isSafeInteger(sub) && sub >= 0 && seq !== null);
  if (!isSequence || !isSub || (state !== "reading" && state !== "drained") || timeMs === undefined) {
    throw refuse(`this checkpoint is damaged at ${id}`);
  }
  return { sequence: seq, sub, state, timeMs };
}

function parseTime(text: unknown): number | undefined {
  const ms = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
