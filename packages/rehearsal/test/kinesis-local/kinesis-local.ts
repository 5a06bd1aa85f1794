import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Emulator extends AsyncDisposable {
  readonly url: string;
}

/** A port that was free a moment ago: the emulator cannot choose one by itself. */
async function freePort(): Promise<string> {
  const server = createServer();
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  return typeof address === "object" && address !== null ? String(address.port) : "0";
}

const CHANGES = [
  "CREATE_STREAM",
  "DELETE_STREAM",
  "REGISTER_STREAM_CONSUMER",
  "DEREGISTER_STREAM_CONSUMER",
  "START_STREAM_ENCRYPTION",
  "STOP_STREAM_ENCRYPTION",
  "MERGE_SHARDS",
  "SPLIT_SHARD",
  "UPDATE_SHARD_COUNT",
  "UPDATE_STREAM_MODE",
];

/** Start kinesis-local in a process of its own, with changes that take 20 ms; resolves once it answers. */
export async function startKinesisLocal(account: string, region: string): Promise<Emulator> {
  const main = createRequire(import.meta.url).resolve("kinesis-local");
  const port = await freePort();
  const durations = Object.fromEntries(CHANGES.map((change) => [`${change}_DURATION`, "20ms"]));
  const child = spawn(process.execPath, [main], {
    cwd: dirname(main),
    stdio: "ignore",
    env: {
      AWS_ACCOUNT_ID: account,
      AWS_REGION: region,
      KINESIS_MOCK_PLAIN_PORT: port,
      KINESIS_MOCK_TLS_PORT: await freePort(),
      LOG_LEVEL: "ERROR",
      ...durations,
    },
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const url = `http://127.0.0.1:${port}`;
  const isUp = (): Promise<boolean> =>
    fetch(`${url}/healthcheck`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (child.exitCode === null && !(await isUp())) await pause(50);
  return {
    url,
    async [Symbol.asyncDispose]() {
      // It does not hear TERM.
      child.kill("SIGKILL");
      await exited;
    },
  };
}
