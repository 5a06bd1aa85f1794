import * as fs from "node:fs";
import { alteredStrings, lostVariables } from "../../src/platform/altered.ts";
import { rawStrings } from "../../src/platform/raw-strings.ts";

// Prints what the kernel handed over where the runtime changed it. The words behind the first two are arguments of the wrapped program.
const argv = process.argv.slice(2);
const env = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
const changed = { ...env, CHANGED: "new \uFFFD" };
const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString("latin1");
const raw = rawStrings(argv, changed, () => fs);
process.stdout.write(
  JSON.stringify({
    argv: raw.argv.map(hex),
    env: [...raw.env.values()].map(hex),
    altered: alteredStrings(argv, changed),
    lost: lostVariables(),
  }),
);
