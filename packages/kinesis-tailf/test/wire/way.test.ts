import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { awsConfig } from "@sukima/core/aws-config";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { expect, it } from "vitest";
import { runInProcess } from "../support/tail-in-process.ts";

const world = { region: "ap-northeast-1", streams: { s: { shards: 1 } } };
const flags = ["-stream=s", "-from=horizon", "-follow=false", "-lf"];

async function put(aws: Rehearsal, env: Readonly<Record<string, string>>): Promise<void> {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "s" };
  const client = new KinesisClient({ ...awsConfig({ env }, { name: "test", version: "0" }), endpoint: aws.url, credentials });
  await client.send(new PutRecordsCommand({ StreamName: "s", Records: [{ Data: Buffer.from("a"), PartitionKey: "k" }] }));
  client.destroy();
}

/** Whose GetRecords requests the service saw, `w` for the wire and `S` for the SDK. */
const callers = (aws: Rehearsal): string =>
  aws
    .calls("kinesis:GetRecords")
    .map(({ request }) => (Object.keys(request.headers).some((name) => name.toLowerCase() === "amz-sdk-invocation-id") ? "S" : "w"))
    .join("");

it("reads over HTTPS with the certificates of AWS_CA_BUNDLE, without the SDK", async () => {
  await using aws = await startRehearsal({ clock: "virtual", tls: true, world });
  const env = { ...aws.env, AWS_CA_BUNDLE: aws.caFile };
  await put(aws, env);
  const { code, out, err } = await runInProcess(aws, flags, env);
  expect([code, out, err, callers(aws)]).toEqual([0, "a\n", "", expect.stringMatching(/^w+$/)]);
});

it("reads through HTTPS_PROXY from the real host, user and password decoded, without the SDK", async () => {
  await using aws = await startRehearsal({ clock: "virtual", world });
  await using proxy = await aws.startProxy({ username: "me", password: "p@ss word" });
  await put(aws, aws.env);
  const through = { HTTPS_PROXY: proxy.url.replace("//", "//me:p%40ss%20word@"), AWS_CA_BUNDLE: aws.caFile };
  const { code, out, err } = await runInProcess(aws, flags, { ...through, AWS_ENDPOINT_URL: "", AWS_ENDPOINT_URL_KINESIS: "" });
  expect([code, out, err, callers(aws)]).toEqual([0, "a\n", "", expect.stringMatching(/^w+$/)]);
  const hosts = new Set(proxy.connects.map(({ target, status }) => `${target} ${status}`));
  // The SDK's connections and the wire's.
  expect([hosts, proxy.connects.length >= 2]).toEqual([new Set(["kinesis.ap-northeast-1.amazonaws.com:443 200"]), true]);
});

it("leaves NO_PROXY alone", async () => {
  await using aws = await startRehearsal({ clock: "virtual", tls: true, world });
  const env = { ...aws.env, AWS_CA_BUNDLE: aws.caFile, HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "localhost" };
  await put(aws, env);
  const { code, out } = await runInProcess(aws, flags, env);
  expect([code, out, callers(aws)]).toEqual([0, "a\n", expect.stringMatching(/^w+$/)]);
});
