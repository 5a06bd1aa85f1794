import type { LogOrigin } from "../record.ts";

/** One event of a CloudWatch Logs message. */
interface LogEvent {
  readonly origin: LogOrigin;
  readonly message: string;
}

/** What a CloudWatch Logs subscription sends: events, or a message by which the service checks that the stream takes data. */
export type LogEnvelope = { readonly kind: "data"; readonly events: readonly LogEvent[] } | { readonly kind: "control" };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Milliseconds since 1970 that a date can stand for. */
const isTime = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(new Date(value).getTime());

const openingBrace = 0x7b;

/** The envelope in an inflated payload; undefined when it is anything else, or one event of it is not as the service writes them. */
export function parseEnvelope(bytes: Uint8Array): LogEnvelope | undefined {
  // Cheap questions first: most payloads are no envelope.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (text[0] !== openingBrace || !text.includes('"logEvents"') || !text.includes('"messageType"')) return undefined;
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const { messageType, logGroup, logStream, logEvents } = value;
  if (typeof logGroup !== "string" || !Array.isArray(logEvents)) return undefined;
  if (messageType === "CONTROL_MESSAGE") return { kind: "control" };
  if (messageType !== "DATA_MESSAGE" || logEvents.length === 0) return undefined;
  const stream = typeof logStream === "string" ? logStream : "";
  const events: LogEvent[] = [];
  for (const event of logEvents) {
    if (!isObject(event)) return undefined;
    const { id, timestamp, message } = event;
    if (typeof message !== "string" || !isTime(timestamp)) return undefined;
    events.push({ origin: { id: typeof id === "string" ? id : "", timeMs: timestamp, group: logGroup, stream }, message });
  }
  return { kind: "data", events };
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
