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

/** Bytes that somebody holds. */
export interface Hold {
  /** They turn out to be so many. */
  become(bytes: number): void;
  release(): void;
}

/** Memory for what is asked for and not printed yet. */
export interface Room {
  /** Resolves when so many bytes fit in beside those that are held, in the order of the calls. What is larger than all of it goes in alone. */
  take(bytes: number): Promise<Hold>;
}

export function createRoom(ceiling: number): Room {
  let held = 0;
  const waiting: { readonly bytes: number; enter(): void }[] = [];
  const fits = (bytes: number): boolean => held === 0 || held + bytes <= ceiling;
  const change = (bytes: number): void => {
    held += bytes;
    for (let next = waiting[0]; next !== undefined && fits(next.bytes); next = waiting[0]) {
      waiting.shift();
      held += next.bytes;
      next.enter();
    }
  };
  const holdOf = (bytes: number): Hold => {
    let mine = bytes;
    const become = (now: number): void => {
      const difference = now - mine;
      mine = now;
      change(difference);
    };
    return { become, release: () => become(0) };
  };
  return {
    async take(bytes) {
      if (waiting.length === 0 && fits(bytes)) held += bytes;
      else await new Promise<void>((resolve) => waiting.push({ bytes, enter: resolve }));
      return holdOf(bytes);
    },
  };
}
