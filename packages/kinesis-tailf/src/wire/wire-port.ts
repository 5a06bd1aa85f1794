import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { Context } from "@sukima/core";
import { caBundle, proxyFor, signV4 } from "@sukima/core/aws";
import { type HttpAnswer, platform } from "@sukima/core/platform";
import { limited } from "../aws/limited.ts";
import { type Page, type StreamPort, Trouble } from "../loop/port.ts";
import { translate, troubleNamed } from "../service/translate.ts";
import { currentCredentials, learnRoute, type Route } from "./route.ts";
import { createPool } from "./page-memory.ts";
import { scanPage } from "./scan-page.ts";
import { arnOf, type StreamName, titleOf } from "../service/stream-name.ts";

/** A page in memory that serves again. */
type ScannedAnswer = Page & { release(): void };

/** After so many answers in a row that it could not read, the scan leaves the stream to the SDK: something between us and AWS writes JSON of its own. */
const patience = 3;

/**
 * The stream with GetRecords spoken by ourselves: the answer's bytes are scanned, and nothing is made for a record. Everything else, and every answer that is
 * unusual, is the SDK's (`base`); asking twice does no harm, since an iterator may be used again.
 */
export function wirePort(base: StreamPort, client: KinesisClient, stream: StreamName, ctx: Pick<Context, "clock" | "env">): StreamPort {
  const route = learnRoute(client);
  const credentials = currentCredentials(client);
  const ca = caBundle(ctx.env);
  const pool = createPool();
  const target = titleOf(stream);
  let unusual = 0;
  // Asked for once: a stream has one endpoint, and reading the environment takes its time.
  let proxy: { readonly value: string | undefined } | undefined;

  const post = async ({ url, region, headers }: Route, body: string, signal: AbortSignal): Promise<HttpAnswer<Buffer>> => {
    const plain = { ...headers, "content-type": "application/x-amz-json-1.1", "x-amz-target": "Kinesis_20131202.GetRecords" };
    const keys = await credentials().catch((error: unknown) => {
      throw translate("kinesis:GetRecords", target, error);
    });
    // The SDK corrects a wrong clock by what the service answers.
    const at = new Date(ctx.clock.now().getTime() + client.config.systemClockOffset);
    const signed = signV4({ method: "POST", url, headers: plain, body }, keys, { service: "kinesis", region, at });
    proxy ??= { value: await proxyFor(url, ctx.env) };
    const through = proxy.value;
    try {
      return await limited(ctx, signal, (both) =>
        platform.sendForBytes({ method: "POST", url, headers: signed, body, ca, proxy: through, signal: both }),
      );
    } catch (cause) {
      signal.throwIfAborted();
      // Bun's fetch fails with a TypeError also when the connection does, so that the name does not say whose mistake it is.
      throw new Trouble("transient", reasonOf(cause), { cause });
    }
  };

  /** The page of an answer, undefined where it takes the SDK to read it. */
  const read = ({ header, body }: HttpAnswer<Buffer>): ScannedAnswer | undefined => {
    const serverMs = Date.parse(header("date") ?? "");
    if (Number.isNaN(serverMs)) return undefined;
    const memory = pool.take(body.length);
    const release = (): void => {
      pool.giveBack(memory);
      letGo(body);
    };
    const page = scanPage(body, memory);
    if (page === undefined) release();
    return page && { ...page, serverMs, children: undefined, release };
  };

  return {
    ...base,
    async records(iterator, limit, signal) {
      const at = unusual < patience ? route() : undefined;
      if (at === undefined) return base.records(iterator, limit, signal);
      const answer = await post(at, JSON.stringify({ ...arnOf(stream), ShardIterator: iterator, Limit: limit }), signal);
      if (answer.status !== 200) {
        const trouble = troubleNamed(errorName(answer), undefined);
        if (trouble !== undefined) throw trouble;
        // What other refusals mean is the SDK's to say.
        return base.records(iterator, limit, signal);
      }
      const page = read(answer);
      if (page?.next !== undefined) {
        unusual = 0;
        return page;
      }
      page?.release();
      const asked = await base.records(iterator, limit, signal);
      // The end of a closed shard names its children, which a scan does not read: nothing unusual.
      if (asked.next !== undefined) unusual++;
      return asked;
    },
  };
}

/** The system's name of an error, such as ECONNRESET, or the runtime's. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** The error's name as the JSON protocol writes it: `Name`, `namespace#Name` or `Name:url`, in a header or in `__type`. */
function errorName({ header, body }: HttpAnswer<Buffer>): string {
  const told = header("x-amzn-errortype") ?? /"__type"\s*:\s*"([^"]*)"/.exec(body.toString("latin1", 0, 2000))?.[1] ?? "";
  return told.replace(/:.*$/, "").replace(/^.*#/, "");
}

/** The runtime would keep the megabytes until it looks for garbage, and take fresh ones meanwhile. Memory that is shared with other buffers is left alone. */
function letGo({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
