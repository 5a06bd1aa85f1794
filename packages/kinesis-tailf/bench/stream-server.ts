// A rehearsed stream `s` of one shard, 5 ms behind each request: `node stream-server.ts on|off`, with or without the shard's limits. Prints its URL.
import { startRehearsal } from "@sukima/rehearsal";

const limits = process.argv[2] === "on" ? "on" : "off";
const aws = await startRehearsal({ world: { streams: { s: { shards: 1, limits } } } });
aws.fault({ service: "kinesis", operation: "*", kind: "slow", ms: 5 });
process.stdout.write(`${aws.url}\n`);
