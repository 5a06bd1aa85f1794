import * as z from "zod";
import { parseDuration } from "../duration.ts";
import { InputError, parseInput } from "../world/input-error.ts";

const moveSchema = z.strictObject({ advance: z.string() });

/** The milliseconds of `{"advance": "90s"}`; throws an InputError for anything else. */
export function readAdvance(input: unknown): number {
  const { advance } = parseInput(moveSchema, input);
  const ms = parseDuration(advance);
  if (ms === undefined) throw new InputError(`advance: expected a duration such as 90s or 2m, got ${JSON.stringify(advance)}`);
  return ms;
}
