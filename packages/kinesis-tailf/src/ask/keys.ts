import { ToolError, usageError } from "@sukima/core";
import type { OpenStdin } from "../cat/input/read-inputs.ts";
import { longestKey } from "../cat/partition-key.ts";

/** Why a text is no partition key, or nothing. */
function faultOf(key: string): string | undefined {
  return key.length >= 1 && key.length <= longestKey ? undefined : `has ${key.length} characters; a partition key has 1 to ${longestKey}`;
}

/**
 * The keys of `-shard-map`, some at a time: the operands, or the lines of standard input when the only operand is `-`; empty lines are passed over.
 * Throws a usage error at once for operands that are no keys; the reading throws `ToolError` BAD_KEY at the first such line.
 */
export function readKeys(operands: readonly string[], stdin: OpenStdin): AsyncIterable<readonly string[]> {
  if (operands.length === 0)
    throw usageError("NO_KEY", "-shard-map needs a key", "name keys behind it, or - to read them from standard input");
  if (operands.length === 1 && operands[0] === "-") return readLines(stdin);
  for (const [at, key] of operands.entries()) {
    const fault = faultOf(key);
    if (fault !== undefined) throw usageError("BAD_KEY", `key ${at + 1} ${fault}`);
  }
  return oneBatch(operands);
}

async function* oneBatch(keys: readonly string[]): AsyncGenerator<readonly string[]> {
  yield keys;
}

/** The lines of each chunk, without CR and LF; a line that a chunk leaves open comes with the next. */
async function* readLines(stdin: OpenStdin): AsyncGenerator<readonly string[]> {
  // Replaced bytes would be another key.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let rest = "";
  const checked = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => {
      number++;
      const key = line.replace(/\r$/, "");
      if (key === "") return [];
      const fault = faultOf(key);
      if (fault !== undefined) throw new ToolError("BAD_KEY", `line ${number} of standard input ${fault}`);
      return [key];
    });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new ToolError("BAD_KEY", `standard input is not UTF-8, behind line ${number}`, { cause });
    }
  };
  for await (const chunk of stdin()) {
    const lines = (rest + decode(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield checked(lines);
    // A line without an end is not collected until memory is full.
    if (rest.length > longestKey + 1) checked([rest]);
  }
  yield checked([rest + decode()]);
}
