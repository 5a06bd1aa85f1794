import { type Context, type Log, usageError } from "@sukima/core";
import { configuredEndpoint, type Credentials, proxyFor } from "@sukima/core/aws";
import type { Imds } from "@sukima/core/imds";
import { resolveCredentials } from "../credentials/chain.ts";
import type { SsmwrapOptions } from "../options.ts";
import { checkedEndpoint, noRegion, type Place, resolvePlace } from "../region.ts";
import type { Source } from "../rules/path.ts";
import type { Rule } from "../rules/rule.ts";
import { tool } from "../tool.ts";
import { createWire, type Wire } from "./aws.ts";
import { withDeadline } from "./deadline.ts";
import { planFetches } from "./plan.ts";
import type { Tally } from "./retry.ts";
import { type Reach, runFetches } from "./run.ts";
import { Store } from "./store.ts";

const defaultAttempts = 10;

/** Attempts of a call in all: -max-attempts, then -retries plus the first, then AWS_MAX_ATTEMPTS, then ten. Throws a usage error for a bad AWS_MAX_ATTEMPTS. */
function maxAttempts(options: Pick<SsmwrapOptions, "max-attempts" | "retries">, fromAws: string | undefined): number {
  if (options["max-attempts"] !== undefined) return options["max-attempts"];
  if (options.retries) return options.retries + 1;
  if (!fromAws) return defaultAttempts;
  if (!/^[1-9]\d{0,5}$/.test(fromAws))
    throw usageError("BAD_VALUE", `AWS_MAX_ATTEMPTS: expected a whole number of at least 1, got ${JSON.stringify(fromAws)}`);
  return Number(fromAws);
}

/** Fetch everything that the rules ask for, within the deadline. Rejects with `ToolError`, or with the reason of an aborted `ctx.signal`. */
export async function fetchAll(rules: readonly Rule[], options: SsmwrapOptions, outer: Context, log: Log): Promise<Store> {
  const attempts = maxAttempts(options, outer.env["AWS_MAX_ATTEMPTS"]);
  const sources: Source[] = [];
  for (const { source } of rules) sources.push(source);
  if (sources.length === 0) return new Store();
  if (options.splay) await splay(options.splay, outer, log);
  const { ctx, done } = withDeadline(outer, options.timeout ?? 0, sources);
  const began = ctx.clock.elapsedMs();
  const tally: Tally = { calls: 0, retries: 0, throttles: 0 };
  // One client for region and credentials, so that they share a token.
  let imds: Imds | undefined;
  try {
    const metadata = async (): Promise<Imds> => (imds ??= (await import("../credentials/endpoints.ts")).metadataService(ctx));
    const place = await resolvePlace(ctx, options, metadata);
    const wire = createWire(ctx, tool.version);
    const identity = { profile: options.profile, roleArn: options["role-arn"], region: place.region };
    const credentials = await resolveCredentials(ctx, identity, wire, attempts, metadata);
    return await fetchSources(sources, ctx, { log, options, place, wire, credentials, attempts, tally });
  } finally {
    done();
    log.info("fetched", { ...tally, ms: Math.round(ctx.clock.elapsedMs() - began) });
  }
}

interface Session {
  readonly log: Log;
  readonly options: SsmwrapOptions;
  readonly place: Place;
  readonly wire: Wire;
  readonly credentials: Credentials;
  readonly attempts: number;
  readonly tally: Tally;
}

async function fetchSources(sources: readonly Source[], ctx: Context, session: Session): Promise<Store> {
  const { log, place, wire, credentials, attempts, tally, options } = session;
  const { clock, random, signal } = ctx;
  const settings = { attempts, clock, random, signal, tally, concurrency: options.concurrency ?? 1 };
  const secretsEndpoint = checkedEndpoint(configuredEndpoint("secrets manager", ctx.env));
  const reach: Reach = {
    log,
    isProxied: async (endpoint) => URL.canParse(endpoint) && (await proxyFor(endpoint, ctx.env)) !== undefined,
    endpoint: ({ kind, region }) =>
      kind === "secrets" ? (secretsEndpoint ?? `https://secretsmanager.${region ?? place.region}.amazonaws.com`) : place.endpoint(region),
    attempt: (region, operation, body) =>
      wire.send({
        service: "ssm",
        endpoint: place.endpoint(region),
        region: region ?? place.region,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AmazonSSM.${operation}` },
        body,
        credentials,
      }),
    async secrets(fetch, store) {
      if (place.isGuessed && fetch.region === undefined && secretsEndpoint === undefined) throw noRegion();
      const { fetchSecrets } = await import("../sdk/secrets.ts");
      await fetchSecrets(ctx, fetch.sources, { region: fetch.region ?? place.region, credentials }, settings, store);
    },
  };
  return runFetches(planFetches(sources, place.region), reach, settings);
}

async function splay(limitMs: number, { clock, random, signal }: Context, log: Log): Promise<void> {
  const ms = Math.floor(random() * limitMs);
  log.info("waiting before the first call", { ms });
  await clock.sleep(ms, signal);
}
