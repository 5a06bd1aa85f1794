/** At most `limit` tasks at once, in the order in which they came. */
export function createGate(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/** Bytes that are held until they are printed. */
export interface Room {
  /** Resolves when less than the ceiling is held. */
  free(): Promise<void>;
  hold(bytes: number): void;
  release(bytes: number): void;
}

export function createRoom(ceiling: number): Room {
  let held = 0;
  const waiting: (() => void)[] = [];
  return {
    free: () => (held < ceiling ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    hold(bytes) {
      held += bytes;
    },
    release(bytes) {
      held -= bytes;
      if (held < ceiling) for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
