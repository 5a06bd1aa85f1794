import { FirehoseClient } from "@aws-sdk/client-firehose";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { Rehearsal } from "../src/index.ts";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const anyone: Credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };

/** The SDK's own clients, pointed at a running world. One attempt each, so that every failure shows. */
export function clientsOf(aws: Pick<Rehearsal, "url">, options: { credentials?: Credentials; region?: string; maxAttempts?: number } = {}) {
  const { credentials = anyone, region = "ap-northeast-1", maxAttempts = 1 } = options;
  const config = { endpoint: aws.url, region, credentials, maxAttempts };
  const ssm = new SSMClient(config);
  return {
    ssm,
    secrets: new SecretsManagerClient(config),
    sts: new STSClient(config),
    firehose: new FirehoseClient(config),
    // By itself this client speaks HTTP/2, so it takes another client's handler.
    kinesis: new KinesisClient({ ...config, requestHandler: ssm.config.requestHandler }),
  };
}

/** The name and text of the error that a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
    throw error;
  }
  throw new Error("the call succeeded");
}
