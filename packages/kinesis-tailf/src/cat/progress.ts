import type { Context } from "@sukima/core";

/** What a run has done so far. */
export interface Tally {
  records: number;
  bytes: number;
  requests: number;
  /** Entries that were refused and sent again. */
  resent: number;
}

const everyMs = { terminal: 500, log: 30_000 };

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const sentence = ({ records, bytes, requests, resent }: Tally): string =>
  `${counted(records, "record")}, ${counted(bytes, "byte")}, ${counted(requests, "request")}${resent > 0 ? `, ${resent} sent again` : ""}`;

/** Says how far a run is: a moving line on a terminal, elsewhere a line now and then and one at the end. */
export function createProgress({ err, clock }: Pick<Context, "err" | "clock">, tally: Tally): { tick(): void; end(): void } {
  let saidMs = clock.elapsedMs();
  const { isTerminal } = err;
  return {
    tick() {
      const now = clock.elapsedMs();
      if (now - saidMs < (isTerminal ? everyMs.terminal : everyMs.log)) return;
      saidMs = now;
      err.write(isTerminal ? `\r${sentence(tally)}\u001B[K` : `kinesis-cat: ${sentence(tally)}\n`);
    },
    end: () => err.write(`${isTerminal ? "\r\u001B[K" : ""}kinesis-cat: ${sentence(tally)}\n`),
  };
}
