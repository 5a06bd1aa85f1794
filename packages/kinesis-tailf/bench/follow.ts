// `node packages/kinesis-tailf/bench/follow.ts`: what an idle stream costs, how late records are printed, and how fast a backlog is extracted. Linux.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { awsConfig } from "@sukima/core/aws-config";
import { median } from "./cpu.ts";

const release = join(import.meta.dirname, "../../../dist/bin/kinesis-tailf");
/** Clock ticks a second in /proc/PID/stat (USER_HZ). */
const ticks = 100;

const print = (id: string, what: string, figure: string, target: string): void =>
  void process.stdout.write(`${id.padEnd(3)} ${what.padEnd(52)} ${figure.padEnd(56)} ${target}\n`);

interface Server {
  readonly env: Record<string, string>;
  stop(): void;
}

async function serve(...args: readonly (string | number)[]): Promise<Server> {
  const program = join(import.meta.dirname, "reading-server.ts");
  const child = spawn(process.execPath, [program, ...args.map(String)], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(child.stdout, "data");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: String(url).trim(),
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "AKID",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
  return { env, stop: () => child.kill() };
}

function cpuMs({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return ((user + system) * 1000) / ticks;
}

async function thousandIdleShards(): Promise<void> {
  const server = await serve(1000, 0, "off");
  const child = spawn(release, ["-stream", "s"], { env: server.env, stdio: ["ignore", "ignore", "inherit"] });
  // Until the pauses have grown to two seconds, and what is hot is compiled.
  await sleep(20_000);
  const before = cpuMs(child);
  await sleep(30_000);
  const percent = (cpuMs(child) - before) / 300;
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? "0";
  print("5", "1,000 idle shards", `${(Number(peak) / 1024).toFixed(0)} MB, ${percent.toFixed(1)} % of a core`, "< 200 MB, < 15 %");
  child.kill();
  server.stop();
}

async function latency(): Promise<void> {
  const server = await serve(2, 0, "on");
  const child = spawn(release, ["-stream", "s", "-lf"], { env: server.env, stdio: ["ignore", "pipe", "inherit"] });
  const late: number[] = [];
  createInterface(child.stdout).on("line", (line) => late.push(performance.now() - Number(line)));
  const client = new KinesisClient({
    ...awsConfig({ env: server.env }, { name: "bench", version: "0" }),
    endpoint: server.env["AWS_ENDPOINT_URL"] ?? "",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
  });
  await sleep(2000);
  // One in each second, at any moment of it: in step with the polls every record would be as late as the first.
  const feed = async (ExplicitHashKey: string): Promise<void> => {
    for (let second = 0; second < 40; second++) {
      const moment = Math.random() * 1000;
      await sleep(moment);
      const Data = Buffer.from(String(performance.now()));
      await client.send(new PutRecordCommand({ StreamName: "s", PartitionKey: "k", ExplicitHashKey, Data }));
      await sleep(1000 - moment);
    }
  };
  await Promise.all([feed("0"), feed(String(2n ** 128n - 1n))]);
  await sleep(1500);
  const sorted = [...late].sort((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
  print(
    "6",
    "from PutRecord to the output, 2 shards, 1 record/s each",
    `p50 ${median(late).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (${late.length} records)`,
    "p50 <= 300 ms",
  );
  client.destroy();
  child.kill();
  server.stop();
}

async function backlog(): Promise<void> {
  const records = 60 * 2048;
  const server = await serve(1, records, "on");
  const began = performance.now();
  const argv = ["-stream", "s", "-start", "5m ago", "-end", "1s ago", "-stats=json"];
  const child = spawn(release, argv, { env: server.env, stdio: ["ignore", "ignore", "pipe"] });
  const [story] = await Promise.all([text(child.stderr), once(child, "exit")]);
  const seconds = (performance.now() - began) / 1000;
  const last = story.trim().split("\n").at(-1) ?? "";
  const throttled = /"throttled":(\d+)/.exec(last)?.[1] ?? "?";
  const rate = records / 1024 / seconds;
  print(
    "7",
    "extract of a backlog, one shard with its limits",
    `${((rate / 2) * 100).toFixed(1)} % (${rate.toFixed(2)} MiB/s for ${seconds.toFixed(0)} s), ${throttled} throttles`,
    ">= 95 %, <= 1 a minute",
  );
  server.stop();
}

print("id", "what", "measured (release form)", "target");
await thousandIdleShards();
await latency();
await backlog();
