import { backoffMs } from "../../aws/backoff.ts";
import type { Refusal } from "./port.ts";

/** Refusals in a row. */
interface Refusals {
  readonly all: number;
  /** The last ones that were not for too many calls or records. */
  readonly failed: number;
}

export const noRefusals: Refusals = { all: 0, failed: 0 };

export const oneMore = ({ all, failed }: Refusals, kind: Refusal["kind"]): Refusals => ({
  all: all + 1,
  failed: kind === "failed" ? failed + 1 : 0,
});

/** Refusals in a row, other than for too much, after which nobody expects the service to take it: 20 to 30 seconds. */
const mostFailures = 10;

export const isEnough = ({ failed }: Refusals): boolean => failed >= mostFailures;

/** How long to wait before it is tried again; `random` is 0 to 1. */
export const pauseMs = ({ all, failed }: Refusals, random: number): number => backoffMs(all, failed > 0 ? 5000 : 1000, random);
