import {
  BatchGetSecretValueCommand,
  GetSecretValueCommand,
  type SecretValueEntry,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import { type Context, Secret } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";
import { awsConfig } from "@sukima/core/aws-config";
import { retry, type RetrySettings } from "../fetch/retry.ts";
import { attemptMs } from "../fetch/aws.ts";
import { adviseOnCall, ServiceError } from "../fetch/service-error.ts";
import type { Fetched, Store } from "../fetch/store.ts";
import type { SecretSource } from "../rules/path.ts";
import { tool } from "../tool.ts";

/** BatchGetSecretValue takes twenty ids (API reference). */
const idsACall = 20;

/**
 * Fetch secrets: the current value of several in batches, a stage or version by itself. A role without secretsmanager:BatchGetSecretValue is served one by one.
 * A secret that does not exist is left out of the store. Retries are ours, so the SDK makes one attempt a call.
 */
export async function fetchSecrets(
  ctx: Context,
  sources: readonly SecretSource[],
  at: { readonly region: string; readonly credentials: Credentials },
  settings: RetrySettings,
  store: Store,
): Promise<void> {
  const { accessKeyId, secretAccessKey, sessionToken } = at.credentials;
  const credentials = {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() }),
  };
  const client = new SecretsManagerClient({ ...awsConfig(ctx, tool, { region: at.region }), credentials, maxAttempts: 1 });
  const ask = <T>(attempt: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> =>
    retry(settings, () => attempt(AbortSignal.any([ctx.signal, AbortSignal.timeout(attemptMs)])).catch(translate), adviseOnCall);
  const current = sources.filter(({ stage, versionId }) => stage === undefined && versionId === undefined);
  const single = current.length > 1 ? sources.filter((source) => !current.includes(source)) : [...sources];
  try {
    for (let from = 0; current.length > 1 && from < current.length; from += idsACall) {
      const some = current.slice(from, from + idsACall);
      const values = await ask((signal) => getBatch(client, some, signal));
      if (values === undefined) single.push(...some);
      for (const [source, value] of values ?? []) store.addSecret(source, value);
    }
    for (const source of single) {
      const value = await ask((signal) => getOne(client, source, signal));
      if (value !== undefined) store.addSecret(source, value);
    }
  } finally {
    client.destroy();
  }
}

const fetched = (answer: SecretValueEntry, source: SecretSource): Fetched => ({
  name: answer.Name ?? source.id,
  value: new Secret(answer.SecretString ?? Buffer.from(answer.SecretBinary ?? []).toString("base64")),
  version: answer.VersionId ?? "",
});

/** An SDK exception as the error that the rest of the tool knows; the secret that does not exist is no error. */
function translate(error: unknown): undefined {
  if (!(error instanceof SecretsManagerServiceException)) throw error;
  if (error.name === "ResourceNotFoundException") return undefined;
  throw new ServiceError(error.name, error.$metadata.httpStatusCode ?? 400, error.message, { retryAfterMs: undefined, skewMs: 0 });
}

async function getOne(client: SecretsManagerClient, source: SecretSource, abortSignal: AbortSignal): Promise<Fetched> {
  const command = new GetSecretValueCommand({ SecretId: source.id, VersionStage: source.stage, VersionId: source.versionId });
  return fetched(await client.send(command, { abortSignal }), source);
}

/** Whether an answered secret is the one asked for: by name, by ARN, or by an ARN without its random suffix. */
const isAskedFor = (id: string, { Name, ARN }: SecretValueEntry): boolean =>
  id === Name || id === ARN || (id.startsWith("arn:") && ARN?.slice(0, -7) === id);

/** The values of a batch by source, or undefined when the role may not use batches. */
async function getBatch(
  client: SecretsManagerClient,
  sources: readonly SecretSource[],
  abortSignal: AbortSignal,
): Promise<Map<SecretSource, Fetched> | undefined> {
  const secrets: SecretValueEntry[] = [];
  let token: string | undefined;
  do {
    const command = new BatchGetSecretValueCommand({ SecretIdList: sources.map(({ id }) => id), NextToken: token });
    const answer = await client.send(command, { abortSignal }).catch(undefinedWhenDenied);
    if (answer === undefined) return undefined;
    const refused = answer.Errors?.find(({ ErrorCode }) => ErrorCode !== "ResourceNotFoundException");
    if (refused !== undefined) {
      throw new ServiceError(refused.ErrorCode ?? "", 400, `${refused.SecretId}: ${refused.Message}`, {
        retryAfterMs: undefined,
        skewMs: 0,
      });
    }
    secrets.push(...(answer.SecretValues ?? []));
    token = answer.NextToken || undefined;
  } while (token !== undefined);
  const values = sources.flatMap((source) => {
    const entry = secrets.find((one) => isAskedFor(source.id, one));
    return entry === undefined ? [] : [[source, fetched(entry, source)] as const];
  });
  return new Map(values);
}

function undefinedWhenDenied(error: unknown): undefined {
  if (error instanceof SecretsManagerServiceException && error.name === "AccessDeniedException") return undefined;
  throw error;
}
