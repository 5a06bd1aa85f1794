import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { codeOf, type Clock, ToolError } from "@sukima/core";
import { inputName, type Place, start } from "./input/place.ts";
import type { Ledger, Position } from "./send/ledger.ts";

/** What a resume file belongs to: with anything else its position means nothing. */
export interface Run {
  readonly stream: string;
  readonly files: readonly string[];
  /** The framing, in words. */
  readonly framing: string;
}

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const isRow = (value: unknown): value is readonly [number, number] => Array.isArray(value) && value.length === 2 && value.every(isCount);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

function isPlace(value: unknown): value is Place {
  return isRecord(value) && isCount(value["file"]) && isCount(value["line"]) && isCount(value["offset"]);
}

const refuse = (path: string, why: string, cause?: unknown): ToolError =>
  new ToolError("BAD_RESUME", `${path} ${why}`, {
    exit: 2,
    showUsage: false,
    hint: "name another -resume file, or remove this one to begin anew",
    cause,
  });

/** Where to go on by the file; the start when there is none. Throws `ToolError` (exit 2) for a file that is broken or belongs to another run; the file is left as it is. */
export function readResume(path: string, run: Run): Position {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return { place: start, arrived: [] };
    throw refuse(path, `cannot be read (${codeOf(cause)})`, cause);
  }
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw refuse(path, "is no resume file: it is not JSON", cause);
  }
  const { place, arrived, run: owner } = isRecord(found) ? found : {};
  if (!isPlace(place) || !Array.isArray(arrived) || !arrived.every(isRow)) throw refuse(path, "is no resume file of kinesis-cat");
  if (JSON.stringify(owner) !== JSON.stringify(run)) {
    const stream = isRecord(owner) && typeof owner["stream"] === "string" ? owner["stream"] : "another stream";
    throw refuse(path, `belongs to another run: it was made for ${stream} with other files or another splitting of records`);
  }
  checkInput(path, run, place);
  return { place, arrived };
}

/** A file that has become shorter is another file. Pipes have no size, and what is missing is found when it is opened. */
function checkInput(path: string, { files }: Run, { file, offset }: Place): void {
  const operand = files[file];
  if (operand === undefined || operand === "-") return;
  const stats = statSync(operand, { throwIfNoEntry: false });
  if (stats?.isFile() === true && stats.size < offset) {
    throw refuse(path, `says byte ${offset} of ${inputName(operand)}, which has only ${stats.size}: it is not the same file any more`);
  }
}

/** Keep the position; the file is whole at any moment. Throws `ToolError` when it cannot be written. */
function writeResume(path: string, run: Run, position: Position): void {
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify({ run, ...position })}\n`);
    renameSync(`${path}.new`, path);
  } catch (cause) {
    throw new ToolError("RESUME_FAILED", `${path} cannot be written (${codeOf(cause)})`, { cause });
  }
}

const everyMs = 1000;

/** Keeps the position of a run in its resume file: `tick` once a second, so that a killed run repeats little. Without a path it does nothing. */
export function createKeeper(path: string | undefined, run: Run, ledger: Ledger, clock: Clock): { tick(): void; keep(): void } {
  let keptMs = clock.elapsedMs();
  const keep = (): void => {
    keptMs = clock.elapsedMs();
    if (path !== undefined) writeResume(path, run, ledger.position());
  };
  return {
    keep,
    tick() {
      if (clock.elapsedMs() - keptMs >= everyMs) keep();
    },
  };
}
