import { setTimeout as sleep } from "node:timers/promises";
import { type Context, defineCommand, Interrupted, runMain } from "../../src/index.ts";

// A small tool for tests that need a whole process: its operand says how it behaves.
const forever = 2 ** 31 - 1;

const behaviours: Readonly<Record<string, (ctx: Context) => Promise<number>>> = {
  answer: async ({ out }) => {
    out.write("42\n");
    return 3;
  },
  wait: async ({ out, clock, signal }) => {
    out.write("ready\n");
    await clock.sleep(forever, signal);
    return 0;
  },
  "clean-up": async ({ out, clock, signal }) => {
    out.write("ready\n");
    await clock.sleep(forever, signal).finally(() => out.write("cleaned up\n"));
    return 0;
  },
  stubborn: async ({ out, clock, signal }) => {
    signal.addEventListener("abort", () => out.write("heard\n"));
    out.write("ready\n");
    await clock.sleep(forever);
    return 0;
  },
  "take-signals": async ({ out, clock, host }) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    host.takeSignals(["SIGTERM", "SIGUSR2"], (name) => {
      out.write(`${name}\n`);
      if (name === "SIGTERM") resolve(9);
    });
    out.write("ready\n");
    const stay = clock.after(forever, () => {});
    return promise.finally(stay);
  },
  "take-late": async ({ out, clock, host }) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    process.kill(process.pid, "SIGTERM");
    host.takeSignals(["SIGTERM"], (name) => {
      out.write(`${name}\n`);
      resolve(9);
    });
    const stay = clock.after(forever, () => {});
    return promise.finally(stay);
  },
  flood: async ({ out }) => {
    for (;;) out.write(`${"x".repeat(1023)}\n`);
  },
  story: async ({ err }) => {
    // More than a pipe holds: it is written to the end only when somebody reads it.
    err.write("once upon a time\n".repeat(10_000));
    return 4;
  },
  bug: () => Promise.reject(new TypeError("hunter2")),
  "late-bug": async ({ clock, signal }) => {
    clock.after(0, () => {
      throw new TypeError("hunter2");
    });
    await clock.sleep(forever, signal);
    return 0;
  },
  "lost-rejection": async ({ clock, signal }) => {
    void sleep(0).then(() => Promise.reject(new TypeError("hunter2")));
    await clock.sleep(forever, signal);
    return 0;
  },
  "die-of-hangup": () => Promise.reject(new Interrupted("SIGHUP")),
  "die-of-kill": () => Promise.reject(new Interrupted("SIGKILL")),
  report: async ({ out }) => {
    out.write(JSON.stringify(process.report.getReport()));
    return 0;
  },
  // Somebody touches the stream of the runtime, which makes a pipe non-blocking; then more is written than it holds.
  "non-blocking": async ({ out }) => {
    process.stdout.write("");
    out.write("x".repeat(4_000_000));
    return 0;
  },
};

const tool = defineCommand({
  name: "tool",
  summary: "does what its operand says",
  operands: "behaviour",
  envPrefix: "TOOL_",
  options: {},
  examples: [],
  exitCodes: [["0", "done"]],
  run: async (_options, [name = ""], ctx) => behaviours[name]?.(ctx) ?? 1,
});

await runMain(tool, "1.2.3", process.argv.slice(2), process);
