// A stream `s` of one shard that answers each GetRecords with the same bytes: `node constant-body.ts RECORDS BYTES`. Prints its URL. It only looks at the operation's name.
import { createServer } from "node:http";

const [records = 1000, bytes = 1024] = process.argv.slice(2).map(Number);

/** Lines of letters that do not compress to nothing: every record differs. */
const payload = (at: number): string => `${`${at} `.repeat(bytes).slice(0, bytes - 1)}\n`;

const answers: Readonly<Record<string, string>> = {
  GetRecords: JSON.stringify({
    MillisBehindLatest: 60_000,
    NextShardIterator: "A".repeat(224),
    Records: Array.from({ length: records }, (_, at) => ({
      SequenceNumber: `4954011585924826${String(at).padStart(40, "0")}`,
      ApproximateArrivalTimestamp: 1_700_000_000 + at / 1000,
      Data: Buffer.from(payload(at)).toString("base64"),
      PartitionKey: `key-${at}`,
    })),
  }),
  ListShards: JSON.stringify({
    Shards: [
      {
        ShardId: "shardId-000000000000",
        HashKeyRange: { StartingHashKey: "0", EndingHashKey: String(2n ** 128n - 1n) },
        SequenceNumberRange: { StartingSequenceNumber: "1" },
      },
    ],
  }),
  GetShardIterator: JSON.stringify({ ShardIterator: "A".repeat(224) }),
  DescribeStreamSummary: JSON.stringify({
    StreamDescriptionSummary: {
      StreamName: "s",
      StreamARN: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/s",
      StreamStatus: "ACTIVE",
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: 1_600_000_000,
      EnhancedMonitoring: [],
      OpenShardCount: 1,
    },
  }),
};

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const operation = String(request.headers["x-amz-target"] ?? ".GetRecords").split(".")[1] ?? "";
    const body = answers[operation] ?? "{}";
    response.writeHead(200, { "Content-Type": "application/x-amz-json-1.1", "Content-Length": Buffer.byteLength(body) }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}\n`);
});
