import { EventStreamCodec, type Message } from "@smithy/core/event-streams";
import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";
import { encodeJson } from "./json-encoder.ts";

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")),
  (text) => Buffer.from(text, "utf8"),
);

/** The media type of an answer that is a stream of events. */
export const EVENT_STREAM_TYPE = "application/vnd.amazon.eventstream";

const encodeMessage = (names: Readonly<Record<string, string>>, body: unknown): Uint8Array => {
  const headers: Message["headers"] = { ":content-type": { type: "string", value: "application/json" } };
  for (const [name, value] of Object.entries(names)) headers[`:${name}`] = { type: "string", value };
  return codec.encode({ headers, body: Buffer.from(JSON.stringify(body)) });
};

/** The event with which an RPC protocol begins a stream; botocore refuses a stream without it. */
export const firstEvent = (): Uint8Array => encodeMessage({ "message-type": "event", "event-type": "initial-response" }, {});

/**
 * Frames of a stream of events, each an object with one member named after its kind, encoded by the union's schema.
 * An AwsError that the events end with becomes the stream's last event, as the service reports what goes wrong once the answer has begun.
 */
export async function* encodeEvents(events: AsyncIterable<object>, union: NormalizedSchema): AsyncGenerator<Uint8Array> {
  try {
    for await (const event of events) {
      for (const [kind, body] of Object.entries(event)) {
        yield encodeMessage({ "message-type": "event", "event-type": kind }, encodeJson(body, union.getMemberSchema(kind)));
      }
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    yield encodeMessage({ "message-type": "exception", "exception-type": error.code }, { message: error.message });
  }
}
