#!/usr/bin/env node
import manifest from "../package.json" with { type: "json" };
import { fs } from "./builtin.ts";
import { execute } from "./command/execute.ts";

const streams = {
  stdin: () => fs.readFileSync(0, "utf8"),
  stdout: (text: string) => writeAll(1, text),
  stderr: (text: string) => writeAll(2, text),
};

/** Writes the whole text; a pipe may take it in pieces. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += fs.writeSync(descriptor, bytes, at);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      if (error.code === "EPIPE") dieOfPipe();
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

/** Ends like other programs whose reader is gone. Node ignores SIGPIPE; taking a handler away again brings its default back. */
function dieOfPipe(): never {
  const ignore = (): void => undefined;
  process.on("SIGPIPE", ignore).off("SIGPIPE", ignore);
  process.kill(process.pid, "SIGPIPE");
  process.exit(141);
}

process.exitCode = await execute(process.argv.slice(2), process.env, streams, manifest.version);
