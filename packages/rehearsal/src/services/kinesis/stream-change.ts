import type { Call } from "../../wire/call.ts";
import { schedule } from "./agenda.ts";
import { nowOf } from "./find-stream.ts";
import { CHANGE_MS } from "./resharding.ts";
import type { Stream } from "./stream-store.ts";

/** Begin a change: the stream is UPDATING, and ACTIVE again once the change has happened. */
export function beginChange(call: Call, stream: Stream, change: (at: number) => void): void {
  stream.status = "UPDATING";
  schedule(stream, nowOf(call) + CHANGE_MS, (at) => {
    change(at);
    stream.status = "ACTIVE";
  });
}
