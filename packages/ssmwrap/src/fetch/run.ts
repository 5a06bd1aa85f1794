import type { Log } from "@sukima/core";
import type { Fetch } from "./plan.ts";
import { retry, type RetryAdvice, type RetrySettings } from "./retry.ts";
import { BrokenAnswer, type Call, getParameters, getParametersByPath } from "./ssm.ts";
import { Store } from "./store.ts";

/** What `runFetches` needs of the outside. */
export interface Reach {
  /** One attempt of an SSM operation in a region (undefined: the home region). */
  readonly attempt: (region: string | undefined, operation: string, body: string) => Promise<string>;
  /** Where the requests go, for messages. */
  readonly endpoint: (fetch: Fetch) => string;
  readonly isProxied: (endpoint: string) => Promise<boolean>;
  readonly log: Pick<Log, "debug">;
  /** Secrets Manager; loaded only when a rule asks for it. */
  readonly secrets: (fetch: Extract<Fetch, { kind: "secrets" }>, store: Store) => Promise<void>;
}

/** What a fetch asks for, as the user wrote it. */
const shownBy = (fetch: Fetch): string[] => (fetch.kind === "path" ? [fetch.source.shown] : fetch.sources.map(({ shown }) => shown));

/** Run a plan, up to `concurrency` fetches at once. The first failure stops the others, and its message names what it was about. */
export async function runFetches(
  plan: readonly Fetch[],
  reach: Reach,
  settings: RetrySettings & { readonly concurrency: number },
): Promise<Store> {
  const store = new Store();
  const queue = [...plan];
  const worker = async (): Promise<void> => {
    for (let fetch = queue.shift(); fetch !== undefined; fetch = queue.shift()) {
      try {
        await runFetch(fetch, reach, settings, store);
      } catch (error) {
        queue.length = 0;
        const { explainFailure } = await import("./failure.ts");
        const endpoint = reach.endpoint(fetch);
        throw explainFailure(error, { kind: fetch.kind, shown: shownBy(fetch), endpoint, proxied: await reach.isProxied(endpoint) });
      }
    }
  };
  const workers: Promise<void>[] = [];
  while (workers.length < Math.min(settings.concurrency, plan.length)) workers.push(worker());
  await Promise.all(workers);
  return store;
}

const advise = async (error: unknown): Promise<RetryAdvice | undefined> => (await import("./service-error.ts")).adviseOnCall(error);

async function runFetch(fetch: Fetch, reach: Reach, settings: RetrySettings, store: Store): Promise<void> {
  if (fetch.kind === "secrets") return reach.secrets(fetch, store);
  // Retried call by call: the page that failed, never the whole path.
  const call: Call = (operation, input, read) => {
    const body = JSON.stringify(input);
    return retry(settings, () => attempt(operation, body, read), advise);
  };
  const attempt = async <T>(operation: string, body: string, read: (answer: Readonly<Record<string, unknown>>) => T): Promise<T> => {
    const answer = await reach.attempt(fetch.region, operation, body);
    reach.log.debug(operation, { about: shownBy(fetch), answerBytes: answer.length });
    return read(parseAnswer(answer));
  };
  if (fetch.kind === "path") {
    for await (const parameter of getParametersByPath(call, fetch.source)) store.addListed(fetch.source.label, parameter);
    return undefined;
  }
  for (const [source, parameter] of await getParameters(call, fetch.sources)) store.addParameter(source, parameter);
  return undefined;
}

/** An answer's JSON. Its text must not reach an error message, so a broken one is told without it (and tried again). */
function parseAnswer(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null) return { ...parsed };
  } catch {
    // Told below.
  }
  throw new BrokenAnswer("not JSON");
}
