import type { Clock } from "../clock.ts";
import { coversAction } from "../glob.ts";
import type { Random } from "../random.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** What happens to one call: any number of delays, and at most one other fault. */
interface Strike {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
  /** The kind for the journal: the fault's, or `slow` when there was only a delay. */
  readonly kind: string | undefined;
}

export interface FaultList {
  add(faults: readonly Fault[]): void;
  clear(): void;
  readonly faults: readonly Fault[];
  /** Decide about one call. Every matching rule counts it, also when another one strikes. */
  strike(service: string, operation: string, plays: (kind: FaultKind) => boolean): Strike;
}

interface Armed {
  readonly fault: Fault;
  strikes(): boolean;
}

export function createFaultList(clock: Clock, random: Random): FaultList {
  const armed: Armed[] = [];
  return {
    add: (faults) => void armed.push(...faults.map((fault) => arm(fault, clock, random))),
    clear: () => void armed.splice(0),
    get faults() {
      return armed.map(({ fault }) => fault);
    },
    strike(service, operation, plays) {
      const striking = armed
        .filter(({ fault }) => coversAction(fault.service, service) && coversAction(fault.operation, operation) && plays(fault.kind))
        .filter((candidate) => candidate.strikes())
        .map(({ fault }) => fault);
      const delays = striking.filter(({ kind }) => kind === "slow");
      const fault = striking.find(({ kind }) => kind !== "slow");
      return { delayMs: delays.reduce((sum, { ms }) => sum + (ms ?? 0), 0), fault, kind: fault?.kind ?? delays[0]?.kind };
    },
  };
}

function arm(fault: Fault, clock: Clock, random: Random): Armed {
  let passed = 0;
  let struck = 0;
  const bucket = fault.limit === undefined ? undefined : createTokenBucket(clock, fault.limit);
  return {
    fault,
    strikes() {
      if (passed < (fault.after ?? 0)) {
        passed += 1;
        return false;
      }
      if (struck >= (fault.times ?? Number.POSITIVE_INFINITY)) return false;
      if (bucket?.take() === true) return false;
      if (fault.rate !== undefined && random.next() >= fault.rate) return false;
      struck += 1;
      return true;
    },
  };
}
