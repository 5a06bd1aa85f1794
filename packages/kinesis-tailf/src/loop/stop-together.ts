/** Gives each shard a signal of its own that aborts with the others: to add a listener to one that a thousand listen to takes a thousand steps, in every runtime. */
export function stopTogether(): { signal(): AbortSignal; abort(reason: unknown): void } {
  const controllers: AbortController[] = [];
  let stopped: { readonly reason: unknown } | undefined;
  return {
    abort(reason) {
      stopped ??= { reason };
      for (const controller of controllers) controller.abort(reason);
    },
    signal() {
      const controller = new AbortController();
      if (stopped !== undefined) controller.abort(stopped.reason);
      controllers.push(controller);
      return controller.signal;
    },
  };
}
