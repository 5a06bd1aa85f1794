import { coversAction } from "./glob.ts";
import type { HttpAnswer, HttpRequest } from "./http/exchange.ts";

/** One side of an exchange as the journal shows it: text in `body`; bytes that are not UTF-8 in `bodyBase64`, with an empty `body`. */
interface RecordedBody {
  readonly body: string;
  readonly bodyBase64?: string;
}

interface RecordedRequest extends RecordedBody {
  readonly method: string;
  /** With its query, exactly as sent. */
  readonly path: string;
  /** Names as sent, repeated ones joined by a comma; `authorization` and `host` included. */
  readonly headers: Readonly<Record<string, string>>;
}

interface RecordedResponse extends RecordedBody {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface JournalEntry {
  /** Counts from 1 in order of arrival. */
  readonly n: number;
  /** Arrival on the world's clock, ISO 8601. */
  readonly time: string;
  /** Such as `ssm`, `imds`, `container-credentials`; `unknown` when the request names no service played here. */
  readonly service: string;
  /** The API action as the request names it. */
  readonly operation: string;
  readonly request: RecordedRequest;
  /** What was answered, or would have been had the answer not been lost; absent while the request waits. */
  readonly response?: RecordedResponse;
  /** The kind of the injected fault, when there was one. */
  readonly fault?: string;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Record an arrival; the returned function records its answer. */
  arrive(facts: {
    time: Date;
    service: string;
    operation: string;
    request: HttpRequest;
    fault?: string | undefined;
  }): (answer: HttpAnswer) => void;
  /** Entries of one action so far; `ssm:*` and `*` work as in an IAM policy. */
  calls(action: string): readonly JournalEntry[];
  /** The first `count` entries of an action, as soon as that many have arrived. Rejects with the signal's reason when that fires first. */
  saw(action: string, options?: { count?: number; signal?: AbortSignal }): Promise<readonly JournalEntry[]>;
}

/** Make an empty journal; `onAnswered` hears of every entry once its answer is known. */
export function createJournal(onAnswered: (entry: JournalEntry) => void = () => {}): Journal {
  const entries: Mutable[] = [];
  const watchers = new Set<(entry: JournalEntry) => void>();
  const calls = (action: string): JournalEntry[] => entries.filter((entry) => coversAction(action, nameOf(entry)));
  return {
    entries,
    calls,
    arrive({ time, service, operation, request, fault }) {
      const entry: Mutable = {
        n: entries.length + 1,
        time: time.toISOString(),
        service,
        operation,
        request: { method: request.method, path: request.path, headers: mergeHeaders(request.headers), ...recordBody(request.body) },
        ...(fault === undefined ? {} : { fault }),
      };
      entries.push(entry);
      for (const notify of watchers) notify(entry);
      return ({ status, headers, body }) => {
        entry.response = { status, headers: mergeHeaders(headers), ...recordBody(Buffer.from(body)) };
        onAnswered(entry);
      };
    },
    saw(action, { count = 1, signal } = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<readonly JournalEntry[]>();
      const seen = calls(action);
      const settle = (end: () => void): void => {
        watchers.delete(watch);
        signal?.removeEventListener("abort", abort);
        end();
      };
      const abort = (): void => settle(() => reject(signal?.reason));
      const watch = (entry: JournalEntry): void => {
        if (coversAction(action, nameOf(entry))) seen.push(entry);
        if (seen.length >= count) settle(() => resolve(seen.slice(0, count)));
      };
      if (seen.length >= count) resolve(seen.slice(0, count));
      else if (signal?.aborted === true) abort();
      else {
        watchers.add(watch);
        signal?.addEventListener("abort", abort);
      }
      return promise;
    },
  };
}

const nameOf = ({ service, operation }: JournalEntry): string => `${service}:${operation}`;

type Mutable = { -readonly [Key in keyof JournalEntry]: JournalEntry[Key] };

function mergeHeaders(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of pairs) merged[name] = merged[name] === undefined ? value : `${merged[name]}, ${value}`;
  return merged;
}

function recordBody(bytes: Uint8Array): RecordedBody {
  try {
    // `ignoreBOM` keeps a leading byte order mark, so that the text is exactly what was sent.
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { body: "", bodyBase64: Buffer.from(bytes).toString("base64") };
  }
}
