/** GetRecords gives no more (API reference). */
export const mostRecords = 10_000;

/** Where the records of one page are put down. */
export interface PageMemory {
  readonly bytes: Buffer;
  /** Where each record begins in the answer. */
  readonly starts: Int32Array;
  /** Where the payload of each ends in `bytes`. */
  readonly ends: Int32Array;
  readonly arrivedAtMs: Float64Array;
}

/** Memory of read pages, for later ones. */
export interface MemoryPool {
  /** Memory for an answer of so many bytes. */
  take(answerBytes: number): PageMemory;
  /** Nobody looks at it any more. */
  giveBack(memory: PageMemory): void;
}

/** What comes back beyond that is left to the runtime. */
const kept = 4;

/**
 * Pages are megabytes long. Fresh memory for each costs a third of the time of reading it: the system has to clear it,
 * and the runtime, which sees how fast it goes, looks for garbage all the time.
 */
export function createPool(): MemoryPool {
  const free: PageMemory[] = [];
  return {
    take(answerBytes) {
      const length = Math.ceil((answerBytes * 3) / 4);
      const fits = ({ bytes }: PageMemory): boolean => bytes.length >= length;
      // One that is too small makes room for the one that is made instead.
      const [found] = free.splice(Math.max(0, free.findIndex(fits)), 1);
      if (found !== undefined && fits(found)) return found;
      return {
        bytes: Buffer.allocUnsafeSlow(length),
        starts: new Int32Array(mostRecords),
        ends: new Int32Array(mostRecords),
        arrivedAtMs: new Float64Array(mostRecords),
      };
    },
    giveBack(memory) {
      if (free.length < kept) free.push(memory);
    },
  };
}
