// TERM to itself before (`before`) or after (`after`) the platform that this runs on was told to let signals end the process.

const { default: platform } = await (process.versions["bun"] === undefined
  ? import("../../src/platform/node.ts")
  : import("../../src/platform/bun.ts"));

process.on("SIGTERM", () => process.stdout.write("told\n"));
if (process.argv[2] === "before") process.kill(process.pid, "SIGTERM");
platform.releaseSignals();
if (process.argv[2] === "after") process.kill(process.pid, "SIGTERM");
const { promise, resolve } = Promise.withResolvers<void>();
setImmediate(() => setImmediate(resolve));
await promise;
process.exit(0);
