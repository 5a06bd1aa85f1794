import { join } from "node:path";
import { findBreaches } from "./borders/breaches.ts";
import { packagesIn, readTexts } from "./borders/tree.ts";

// Enforces the one dependency rule (docs/architecture.md): who may import whom, and what may be shipped.
const breaches = findBreaches(packagesIn(readTexts(join(import.meta.dirname, ".."))));
for (const { at, problem, remedy } of breaches) process.stdout.write(`${at}: ${problem}; ${remedy}\n`);
process.exitCode = breaches.length === 0 ? 0 : 1;
