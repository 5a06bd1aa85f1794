import { createReadStream, statSync } from "node:fs";
import { ToolError } from "@sukima/core";
import { inputName, type Place, placeText } from "./place.ts";
import { createSplitter, type Piece, type Splitting, TruncatedInput } from "./splitter.ts";

/** A record with the place where it begins and the place behind it. */
export interface InputRecord {
  readonly data: Uint8Array | undefined;
  readonly length: number;
  readonly place: Place;
  readonly next: Place;
}

/** Standard input; a function, since asking for it makes it flow. */
export type OpenStdin = () => AsyncIterable<Uint8Array>;

const highWaterMark = 262_144;

/** An input from `offset` on. What was read before from a pipe is read again and dropped: the same command is expected to feed it. */
async function* chunksOf(operand: string, offset: number, stdin: OpenStdin): AsyncGenerator<Uint8Array> {
  try {
    // Only a file can be read from its middle; /dev/fd/63 of a shell is a pipe.
    if (operand !== "-" && statSync(operand).isFile()) return yield* createReadStream(operand, { start: offset, highWaterMark });
    let toDrop = offset;
    for await (const chunk of operand === "-" ? stdin() : createReadStream(operand, { highWaterMark })) {
      if (chunk.length > toDrop) yield chunk.subarray(toDrop);
      toDrop = Math.max(0, toDrop - chunk.length);
    }
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new ToolError("INPUT_FAILED", `${inputName(operand)} cannot be read (${String(cause.code)})`, { cause });
  }
}

/**
 * The records of all inputs in their order, those of a chunk at once, from `from` on.
 * Throws `ToolError` for an input that cannot be read or that ends within a record.
 */
export async function* readInputs(
  files: readonly string[],
  from: Place,
  splitting: Splitting,
  stdin: OpenStdin,
): AsyncGenerator<readonly InputRecord[]> {
  for (let file = from.file; file < files.length; file++) {
    const operand = files[file] ?? "-";
    // A file that is one record and was sent has nothing left, not an empty record.
    if (splitting.framing.kind === "whole" && file === from.file && from.line > 0) continue;
    let at: Place = file === from.file ? from : { file, line: 0, offset: 0 };
    const located = (pieces: readonly Piece[]): InputRecord[] =>
      pieces.map(({ data, length, taken }) => {
        const place = at;
        at = { file, line: place.line + 1, offset: place.offset + taken };
        return { data, length, place, next: at };
      });
    const splitter = createSplitter(splitting);
    for await (const chunk of chunksOf(operand, at.offset, stdin)) yield located(splitter.push(chunk));
    try {
      yield located(splitter.end());
    } catch (error) {
      if (!(error instanceof TruncatedInput)) throw error;
      throw new ToolError("TRUNCATED", `${placeText(files, at)}: ${error.message} (at byte ${at.offset})`);
    }
  }
}
