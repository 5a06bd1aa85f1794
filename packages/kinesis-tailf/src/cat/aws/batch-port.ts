import type { Entry } from "../send/entry.ts";
import type { Outcome, SendPort } from "../send/port.ts";
import { isRefused } from "../../aws/call-error.ts";
import { type Notice, refusalOf } from "./refusal.ts";

/** The two ways in which a service takes records. Each is one attempt and rejects with the SDK's error. */
interface Calls {
  readonly oneAction: string;
  one(entry: Entry, signal: AbortSignal): Promise<Outcome>;
  readonly manyAction: string;
  many(batch: readonly Entry[], signal: AbortSignal): Promise<Outcome[]>;
}

/** A server that accepts a request and then says nothing is no better than one that refuses it. */
const requestTimeoutMs = 60_000;

/** Sends batches; where they are refused, one record after the other, since policies written for the original allow no more. */
export function batchPort(target: string, notice: Notice, { oneAction, one, manyAction, many }: Calls): SendPort {
  let isBatchRefused = false;
  const limited = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
  const sendEach = async (batch: readonly Entry[], signal: AbortSignal): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const entry of batch) {
      const outcome = await one(entry, limited(signal)).catch((error: unknown) => refusalOf(error, { action: oneAction, target }, signal));
      outcomes.push(outcome);
      // The rest is left for later rather than refused again one by one.
      if (outcome.kind === "refused") return [...outcomes, ...batch.slice(outcomes.length).map(() => outcome)];
    }
    return outcomes;
  };
  return {
    async send(batch, signal) {
      if (isBatchRefused) return sendEach(batch, signal);
      try {
        return await many(batch, limited(signal));
      } catch (error) {
        if (isRefused(error)) {
          isBatchRefused = true;
          notice(manyAction, `records go one by one with ${oneAction}, which is slower`);
          return sendEach(batch, signal);
        }
        const outcome = refusalOf(error, { action: manyAction, target }, signal);
        return batch.map(() => outcome);
      }
    },
  };
}
