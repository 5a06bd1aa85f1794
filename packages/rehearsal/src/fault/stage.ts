import { setTimeout as sleep } from "node:timers/promises";
import type { Delivery, HttpAnswer, HttpRequest, Reply } from "../http/exchange.ts";
import type { Journal } from "../journal.ts";
import type { Clock } from "../clock.ts";
import type { FaultList } from "./fault-list.ts";
import type { Fault, FaultKind } from "./fault.ts";

interface Scene {
  readonly service: string;
  readonly operation: string;
  /** Whether a kind of fault makes sense for the operation; one that does not passes it by. */
  plays?(kind: FaultKind): boolean;
  readonly request: HttpRequest;
  /** Ends an injected delay: the client has gone, or the world stops. */
  readonly signal: AbortSignal;
  /** The honest answer, or the one that the fault asks for; faults of delivery are none of its business. */
  answer(fault: Fault | undefined): Promise<HttpAnswer>;
}

/** Plays one request: decides about faults, writes the journal, waits, answers. */
export type Stage = (scene: Scene) => Promise<Reply>;

/** The stage that every part of this world answers on, AWS services and metadata alike. */
export function createStage({ clock, faults, journal }: { clock: Clock; faults: FaultList; journal: Journal }): Stage {
  return async ({ service, operation, plays = () => true, request, signal, answer }) => {
    const { delayMs, fault, kind } = faults.strike(service, operation, plays);
    const record = journal.arrive({ time: clock.now(), service, operation, request, fault: kind });
    if (delayMs > 0) await sleep(delayMs, undefined, { signal });
    const honest = await answer(fault);
    // The length of a stream is not known, so Node sends it in chunks.
    const length = honest.rest === undefined ? [["Content-Length", String(Buffer.byteLength(honest.body))] as const] : [];
    const complete = { ...honest, headers: [["Date", clock.now().toUTCString()] as const, ...honest.headers, ...length] };
    record(complete);
    return { answer: complete, delivery: deliveryOf(fault) };
  };
}

function deliveryOf(fault: Fault | undefined): Delivery {
  if (fault?.kind === "cut") return "cut";
  return fault?.kind === "lost-answer" ? "lost" : "whole";
}
