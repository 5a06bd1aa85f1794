import { ByteQueue } from "./byte-queue.ts";
import type { Framing } from "./framing.ts";

/** One record of an input. */
export interface Piece {
  /** Undefined for one that is longer than the cap: its bytes were let go. */
  readonly data: Uint8Array | undefined;
  /** Bytes of data as they stand in the input, without what is added. */
  readonly length: number;
  /** Bytes of the input that it takes, delimiter or prefix included. */
  readonly taken: number;
}

/** Takes one input apart. */
export interface Splitter {
  push(chunk: Uint8Array): Piece[];
  /** What is left at the end of the input. Throws `TruncatedInput` when it cannot be a record. */
  end(): Piece[];
}

/** The input ends within a record whose length it announced. */
export class TruncatedInput extends Error {}

/** What is the same for each input of a run. */
export interface Splitting {
  readonly framing: Framing;
  /** Records longer than this come without their data, so that an endless line costs no memory. */
  readonly cap: number;
  /** Put behind the data of each record. */
  readonly suffix: Uint8Array | undefined;
}

const carriageReturn = 13;

export function createSplitter({ framing, cap, suffix }: Splitting): Splitter {
  switch (framing.kind) {
    case "delimited":
      return delimited(framing, cap, suffix);
    case "length-prefixed":
      return lengthPrefixed(cap, suffix);
    case "whole":
      return whole(cap, suffix);
    default:
      return framing satisfies never;
  }
}

function delimited({ delimiter, dropCr }: Framing & { kind: "delimited" }, cap: number, suffix: Uint8Array | undefined): Splitter {
  const queue = new ByteQueue();
  let searched = 0;
  let letGo = 0;
  const piece = (length: number, taken: number): Piece => {
    const kept = dropCr && queue.endsWith(carriageReturn, length) ? length - 1 : length;
    const isTooLong = letGo > 0 || kept > cap;
    const found = { data: isTooLong ? undefined : queue.copy(kept, suffix), length: letGo + kept, taken: letGo + taken };
    queue.drop(taken);
    searched = 0;
    letGo = 0;
    return found;
  };
  return {
    push(chunk) {
      queue.push(chunk);
      const pieces: Piece[] = [];
      for (let at = queue.indexOf(delimiter, searched); at >= 0; at = queue.indexOf(delimiter, 0)) {
        pieces.push(piece(at, at + delimiter.length));
      }
      // The delimiter, or a CR before it, may have begun already.
      const undecided = delimiter.length;
      if (queue.length > cap + undecided + 1) {
        letGo += queue.length - undecided;
        queue.drop(queue.length - undecided);
      }
      searched = Math.max(0, queue.length - delimiter.length + 1);
      return pieces;
    },
    end: () => (queue.length + letGo > 0 ? [piece(queue.length, queue.length)] : []),
  };
}

const prefixLength = 4;

function lengthPrefixed(cap: number, suffix: Uint8Array | undefined): Splitter {
  const queue = new ByteQueue();
  /** Bytes still to come of a record that is too long. */
  let toLetGo = 0;
  const letGo = (): void => {
    const now = Math.min(toLetGo, queue.length);
    queue.drop(now);
    toLetGo -= now;
  };
  return {
    push(chunk) {
      queue.push(chunk);
      letGo();
      const pieces: Piece[] = [];
      while (toLetGo === 0 && queue.length >= prefixLength) {
        const length = queue.readUint32();
        const taken = prefixLength + length;
        if (length > cap) {
          pieces.push({ data: undefined, length, taken });
          toLetGo = taken;
          letGo();
          continue;
        }
        if (queue.length < taken) break;
        queue.drop(prefixLength);
        pieces.push({ data: queue.copy(length, suffix), length, taken });
        queue.drop(length);
      }
      return pieces;
    },
    end() {
      if (queue.length + toLetGo > 0) throw new TruncatedInput("the input ends within a record");
      return [];
    },
  };
}

function whole(cap: number, suffix: Uint8Array | undefined): Splitter {
  const queue = new ByteQueue();
  let letGo = 0;
  return {
    push(chunk) {
      queue.push(chunk);
      if (queue.length + letGo > cap) {
        letGo += queue.length;
        queue.drop(queue.length);
      }
      return [];
    },
    end() {
      const length = queue.length + letGo;
      return [{ data: letGo > 0 ? undefined : queue.copy(length, suffix), length, taken: length }];
    },
  };
}
