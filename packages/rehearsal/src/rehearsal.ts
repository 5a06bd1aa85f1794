import type { RequestListener } from "node:http";
import { type Clock, createClock } from "./clock.ts";
import { CONTROL_PREFIX, createControlEndpoint } from "./control/control-endpoint.ts";
import { createControls } from "./control/controls.ts";
import { createFaultList } from "./fault/fault-list.ts";
import { createStage } from "./fault/stage.ts";
import { createListener, type Handler } from "./http/listener.ts";
import { serve } from "./http/server.ts";
import { createJournal, type Journal, type JournalEntry } from "./journal.ts";
import { createMetadata } from "./metadata/metadata.ts";
import { type Proxy, type ProxyOptions, startProxy } from "./proxy/connect-proxy.ts";
import { createRandom } from "./random.ts";
import { createCaFile } from "./tls/ca-file.ts";
import { createAwsEndpoint } from "./wire/aws-endpoint.ts";
import { services } from "./services/services.ts";
import { buildWorld } from "./world/build-world.ts";
import { completeWorld } from "./world/complete-world.ts";
import type { FaultInput, WorldInput } from "./world/schema.ts";

export interface RehearsalOptions {
  /** Parts that are absent are the default world's. */
  readonly world?: WorldInput;
  /** 0 or absent picks a free one; 127.0.0.1 only. */
  readonly port?: number;
  /** World seconds for one real second. */
  readonly speed?: number;
  /** `virtual` stands still until it is advanced. */
  readonly clock?: "real" | "virtual";
  /** Answer AWS calls over HTTPS with a certificate of the test authority. */
  readonly tls?: boolean;
  /** Same seed, same identifiers and same unlucky calls. */
  readonly seed?: number;
  /** Told one line for each answered request, and of our own bugs. */
  readonly story?: (line: string) => void;
}

/** A running local AWS. */
export interface Rehearsal extends AsyncDisposable {
  readonly url: string;
  /** What a program needs in its environment to talk to this AWS. */
  readonly env: Readonly<Record<string, string>>;
  /** Path of the test authority's certificate, for AWS_CA_BUNDLE and SSL_CERT_FILE; removed by `stop`. */
  readonly caFile: string;
  /** For AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN. */
  readonly containerCredentials: { readonly url: string; readonly token: string };
  /** For AWS_EC2_METADATA_SERVICE_ENDPOINT. */
  readonly metadataUrl: string;
  readonly journal: readonly JournalEntry[];
  readonly calls: Journal["calls"];
  readonly saw: Journal["saw"];
  readonly clock: Clock;
  /** Make calls of an action (`ssm:GetParameters`) fail with one of its exceptions. */
  fail(action: string, code: string, when?: Pick<FaultInput, "times" | "after" | "rate" | "message" | "status">): void;
  /** Add a fault of any kind; throws an InputError for one that cannot be. */
  fault(fault: FaultInput): void;
  clearFaults(): void;
  /** Refuse an action on the resources that match: an ARN pattern, or a name pattern such as `/prod/*`. */
  deny(action: string, resource: string): void;
  /** Make the instance hear of trouble, as `POST /_rehearsal/events` does. */
  happen(events: object): void;
  /** What a delivery stream of the home region has delivered, oldest first; empty for one that does not exist. */
  delivered(stream: string): readonly Uint8Array[];
  /** The world as `GET /_rehearsal/state` shows it. */
  state(): object;
  /** A CONNECT proxy behind which every host is this AWS, over TLS. */
  startProxy(options?: ProxyOptions): Promise<Proxy>;
  stop(): Promise<void>;
}

/** Start a local AWS in this process. Throws an InputError for a world that is not one, and Node's error for a port that is taken. */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const { story = () => {}, tls = false } = options;
  const description = completeWorld(options.world ?? {});
  const clock = createClock({ mode: options.clock ?? "real", speed: options.speed ?? 1 });
  const random = createRandom(options.seed ?? 1);
  const world = buildWorld(description, clock, random);
  const journal = createJournal((entry) => story(lineOf(entry)));
  const faults = createFaultList(clock, random);
  const stage = createStage({ clock, faults, journal });
  const metadata = createMetadata({ description, world, stage });
  const controls = createControls({
    world,
    journal,
    faults,
    services,
    instance: metadata.state,
    containerCredentials: () => containerCredentials,
  });
  controls.addFaults(description.faults);

  const stopping = new AbortController();
  const onBug = (error: unknown): void => story(`a bug of rehearsal: ${error instanceof Error ? error.stack : String(error)}`);
  const listen = (handler: Handler): RequestListener => createListener(handler, stopping.signal, onBug);
  const control = createControlEndpoint(controls);
  const endpoint = createAwsEndpoint({ world, services, stage, onBug });
  const main = listen((request, signal) => (request.path.startsWith(CONTROL_PREFIX) ? control : endpoint)(request, signal));

  const caFile = createCaFile();
  const imds = await serve(listen(metadata.imds));
  const credentials = await serve(listen(metadata.containerCredentials.handler));
  const { path, token } = metadata.containerCredentials;
  const containerCredentials = { url: `http://127.0.0.1:${credentials.port}${path}`, token };
  // The last to listen: who finds this port finds all of the world.
  const aws = await serve(main, { port: options.port ?? 0, tls }).catch(async (error: unknown) => {
    await Promise.all([imds.close(), credentials.close()]);
    throw error;
  });
  const proxies: Proxy[] = [];
  const url = tls ? `https://localhost:${aws.port}` : `http://127.0.0.1:${aws.port}`;
  const metadataUrl = `http://127.0.0.1:${imds.port}`;

  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([aws, imds, credentials].map((server) => server.close()));
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    caFile.remove();
  };

  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: world.homeRegion,
      AWS_ACCESS_KEY_ID: "AKIAREHEARSAL0000000",
      AWS_SECRET_ACCESS_KEY: "rehearsal/no-secret/only-a-form/00000000",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataUrl,
    },
    get caFile() {
      return caFile.path;
    },
    containerCredentials,
    metadataUrl,
    journal: journal.entries,
    calls: journal.calls,
    saw: journal.saw,
    clock,
    fail(action, code, when = {}) {
      const [service = "", operation = "*"] = action.split(":");
      controls.addFaults([{ service, operation, kind: "error", code, ...when }]);
    },
    fault: (fault) => controls.addFaults([fault]),
    clearFaults: controls.clearFaults,
    deny: world.access.deny,
    happen: controls.happen,
    delivered: (stream) =>
      world
        .region(world.homeRegion)
        .deliveryStreams.byName.get(stream)
        ?.delivered.map(({ data }) => data) ?? [],
    state: controls.state,
    async startProxy(proxyOptions = {}) {
      const proxy = await startProxy(main, proxyOptions);
      proxies.push(proxy);
      return proxy;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const lineOf = ({ service, operation, response, fault }: JournalEntry): string =>
  `${service}:${operation} ${response?.status ?? "-"}${fault === undefined ? "" : ` (${fault})`}`;
