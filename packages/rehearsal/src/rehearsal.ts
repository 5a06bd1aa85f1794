import { createServer } from "node:http";
import type { Server } from "node:net";
import { createClock } from "./clock.ts";
import { createFaultList } from "./faults/fault-list.ts";
import type { Fault } from "./faults/fault.ts";
import { createListener } from "./http/listener.ts";
import { createJournal, type Journal, type JournalEntry } from "./journal.ts";
import { createRandom } from "./random.ts";
import { ssm } from "./services/ssm/ssm-service.ts";
import { createAwsEndpoint } from "./wire/aws-endpoint.ts";
import { buildWorld } from "./world/build-world.ts";
import { completeWorld } from "./world/complete-world.ts";
import type { WorldInput } from "./world/schema.ts";

export interface RehearsalOptions {
  readonly world?: WorldInput;
  /** 0 or absent picks a free one; 127.0.0.1 only. */
  readonly port?: number;
  /** World seconds for one real second. */
  readonly speed?: number;
  /** `virtual` stands still until it is advanced. */
  readonly clock?: "real" | "virtual";
  readonly seed?: number;
}

/** A running local AWS. */
export interface Rehearsal extends AsyncDisposable {
  readonly url: string;
  /** What a program needs in its environment to talk to this AWS. */
  readonly env: Readonly<Record<string, string>>;
  readonly journal: readonly JournalEntry[];
  readonly calls: Journal["calls"];
  readonly saw: Journal["saw"];
  readonly clock: { now(): Date; advance(ms: number): void };
  /** Make calls of an action (`ssm:GetParameters`) fail with one of its exceptions. */
  fail(action: string, code: string, when?: { times?: number; after?: number; rate?: number; message?: string; status?: number }): void;
  /** Add a fault of any kind. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Refuse an action on the resources that match; an ARN pattern, or a name pattern such as `/prod/*`. */
  deny(action: string, resource: string): void;
  stop(): Promise<void>;
}

/** Start a local AWS in this process. */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const description = completeWorld(options.world ?? {});
  const clock = createClock({ mode: options.clock ?? "real", speed: options.speed ?? 1 });
  const random = createRandom(options.seed ?? 1);
  const world = buildWorld(description, clock, random);
  const journal = createJournal();
  const faults = createFaultList(clock, random);
  const stopping = new AbortController();
  const onBug = (error: unknown): void => void process.stderr.write(`rehearsal: ${error instanceof Error ? error.stack : String(error)}\n`);
  const endpoint = createAwsEndpoint({ world, services: [ssm], faults, journal, onBug });
  const server = createServer(createListener(endpoint, stopping.signal, onBug));
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    stopping.abort();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: world.homeRegion,
      AWS_ACCESS_KEY_ID: "AKIAREHEARSAL0000000",
      AWS_SECRET_ACCESS_KEY: "rehearsal-secret-key",
    },
    journal: journal.entries,
    calls: journal.calls,
    saw: journal.saw,
    clock,
    fail(action, code, when = {}) {
      const [service = "*", operation = "*"] = action.split(":");
      faults.add([{ service, operation, kind: "error", code, ...when }]);
    },
    fault: (fault) => faults.add([fault]),
    clearFaults: faults.clear,
    deny: world.access.deny,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
    });
  });
}
