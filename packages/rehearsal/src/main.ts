#!/usr/bin/env node
// The only file of this package that touches `process`.
import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { createCommand, type UpOptions } from "./command.ts";
import { startRehearsal } from "./rehearsal.ts";
import { exportLines } from "./shell-exports.ts";
import { InputError } from "./world/input-error.ts";
import { loadWorld } from "./world/load-world.ts";

const say = (text: string): void => void process.stderr.write(text);

async function up({ world: file, port, speed }: UpOptions): Promise<void> {
  const world = file === undefined ? {} : loadWorld(readWorld(file), file);
  const story = (line: string): void => say(`rehearsal: ${line}\n`);
  const aws = await startRehearsal({ world, port, speed, story });
  // A second signal finds no handler and ends the process at once.
  const signal = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, resolve);
  });
  const { url: credentialsUrl, token } = aws.containerCredentials;
  const exports = {
    ...aws.env,
    // boto3 and the AWS CLI before version 2 read no other name for the region.
    AWS_DEFAULT_REGION: aws.env["AWS_REGION"] ?? "",
    // Under names that no SDK looks at: whether a program plays a task's container is its user's choice.
    REHEARSAL_CONTAINER_CREDENTIALS_FULL_URI: credentialsUrl,
    REHEARSAL_CONTAINER_AUTHORIZATION_TOKEN: token,
  };
  process.stdout.write(exportLines(exports));
  const places = `${aws.url}, instance metadata at ${aws.metadataUrl}, container credentials at ${credentialsUrl}`;
  story(`${file ?? "the default world"} is up at ${places}; TERM or INT ends it`);
  const received = await signal;
  await aws.stop();
  // As process 1 the re-raised signal has no effect; the number it stands for does.
  process.exitCode = received === "SIGINT" ? 130 : 143;
  process.removeAllListeners("SIGTERM").removeAllListeners("SIGINT").kill(process.pid, received);
}

function readWorld(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new InputError(`${file}: cannot be read (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

createCommand({ out: (text) => void process.stdout.write(text), err: say }, up)
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    say(`rehearsal: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof InputError ? 2 : 1;
  });
