// A rehearsed stream `s` in a process of its own: `node reading-server.ts SHARDS BACKLOG on|off`, with so many records of 1 KiB in its first shard, and with or without the shards' limits. Prints its URL.
import { startRehearsal } from "@sukima/rehearsal";

const [shards = "1", backlog = "0", limits] = process.argv.slice(2);
const data = `${"x".repeat(1023)}\n`;
const records = Array.from({ length: Number(backlog) }, () => ({ key: "k", at: "-60s", data }));
const aws = await startRehearsal({
  world: { streams: { s: { shards: Number(shards), limits: limits === "on" ? "on" : "off", records } } },
});
process.stdout.write(`${aws.url}\n`);
