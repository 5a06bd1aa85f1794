import { createInterface } from "node:readline";
import type { Ask, Told } from "./runtimes.ts";

// Exchanges of the platform that this runs on: a line of JSON on stdin asks for one or aborts one, a line on stdout tells how it ended.

const { default: platform } = await (process.versions["bun"] === undefined
  ? import("../../src/platform/node.ts")
  : import("../../src/platform/bun.ts"));

const controllers = new Map<number, AbortController>();
function controllerOf(id: number): AbortController {
  const controller = controllers.get(id) ?? new AbortController();
  controllers.set(id, controller);
  return controller;
}

async function perform({ id, names, ...request }: Extract<Ask, { url: string }>): Promise<Told> {
  try {
    const { status, header, body } = await platform.sendForBytes({ ...request, signal: controllerOf(id).signal });
    return { id, status, headers: names.map((name) => [name, header(name)]), body: body.toString("base64") };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { id, code: "code" in error ? String(error.code) : "", message: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const ask: Ask = JSON.parse(line);
  if ("abort" in ask) controllerOf(ask.id).abort(new Error(ask.abort));
  else void perform(ask).then((told) => process.stdout.write(`${JSON.stringify(told)}\n`));
}
