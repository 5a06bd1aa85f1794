import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A GetRecords request that has come. */
export interface Asked {
  readonly isSdk: boolean;
  readonly iterator: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is done for a GetRecords request. */
export type Reply = (response: ServerResponse, asked: Asked) => void | Promise<void>;

export interface CannedStream extends AsyncDisposable {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Passes nothing: the answers do not depend on time. */
  readonly clock: { now(): Date; advance(ms: number): void };
  /** GetRecords requests so far. */
  readonly asked: readonly Asked[];
  /** Resolves when so many have come. */
  until(count: number): Promise<void>;
}

const json = { "Content-Type": "application/x-amz-json-1.1" };

export const body =
  (bytes: string | Buffer, status = 200): Reply =>
  (response) =>
    void response.writeHead(status, json).end(bytes);

/** A refusal in the service's own way. */
export const refusal = (name: string, status = 400): Reply => body(JSON.stringify({ __type: name, message: "m" }), status);

/** An answer that says that everything has been read. */
export const atTip: Reply = body('{"MillisBehindLatest":0,"NextShardIterator":"tip","Records":[]}');

const shardId = (at: number): string => `shardId-${String(at).padStart(12, "0")}`;

/** A stream `s` whose GetRecords answers are given: `reply` is asked for each. A shard's first iterator is its id. */
export async function cannedStream(reply: (asked: Asked, n: number) => Reply, shards = 1): Promise<CannedStream> {
  const asked: Asked[] = [];
  const arrivals = new EventEmitter();
  const Shards = Array.from({ length: shards }, (_, at) => ({
    ShardId: shardId(at),
    HashKeyRange: { StartingHashKey: "0", EndingHashKey: "1" },
    SequenceNumberRange: { StartingSequenceNumber: "1" },
  }));
  const StreamDescriptionSummary = {
    StreamName: "s",
    StreamARN: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/s",
    StreamStatus: "ACTIVE",
    RetentionPeriodHours: 24,
    StreamCreationTimestamp: 1_600_000_000,
    EnhancedMonitoring: [],
    OpenShardCount: shards,
  };
  const server = createServer(async (request, response) => {
    const input: { ShardId?: string; ShardIterator?: string } = JSON.parse(await text(request));
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    if (operation === "GetRecords") {
      const one = { isSdk: "amz-sdk-invocation-id" in request.headers, iterator: input.ShardIterator ?? "", headers: request.headers };
      asked.push(one);
      arrivals.emit("one");
      return reply(one, asked.length)(response, one);
    }
    const answers: Readonly<Record<string, unknown>> = {
      ListShards: { Shards },
      DescribeStreamSummary: { StreamDescriptionSummary },
      GetShardIterator: { ShardIterator: input.ShardId },
    };
    response.writeHead(200, json).end(JSON.stringify(answers[operation ?? ""] ?? {}));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    env: { AWS_ENDPOINT_URL: url, AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "hunter2" },
    clock: { now: () => new Date(), advance() {} },
    asked,
    async until(count) {
      while (asked.length < count) await once(arrivals, "one");
    },
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections();
      await once(server, "close");
    },
  };
}
