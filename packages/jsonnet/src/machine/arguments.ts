import type { CallCode } from "../compile/unit.ts";
import { fail } from "../errors.ts";
import type { Native } from "./native.ts";
import { makeEnv, Thunk, type Closure, type Env, type Slot } from "./values.ts";

/**
 * Sorts a call's slots (positional first, then the named ones) into the order of the parameters.
 * What was not given is undefined. Throws when something is given twice, unknown, too much or missing.
 */
function sortArguments(
  parameters: readonly string[],
  isOptional: (parameter: number) => boolean,
  call: CallCode,
  given: readonly Slot[],
): (Slot | undefined)[] {
  const { positional, named } = call;
  if (positional > parameters.length) {
    throw fail(`function expected ${parameters.length} positional argument(s), but got ${positional}`);
  }
  const sorted: (Slot | undefined)[] = parameters.map((_, i) => (i < positional ? given[i] : undefined));
  for (const [i, name] of named.entries()) {
    const place = parameters.indexOf(name);
    if (place < 0) throw fail(`function has no parameter ${name}`);
    if (sorted[place] !== undefined) throw fail(`Argument ${name} already provided`);
    sorted[place] = given[positional + i];
  }
  for (const [i, name] of parameters.entries()) {
    if (sorted[i] === undefined && !isOptional(i)) throw fail(`Missing argument: ${name}`);
  }
  return sorted;
}

/** The environment of a call whose arguments are not simply one for each parameter. */
export function bindArguments({ code, env }: Closure, call: CallCode, given: readonly Slot[]): Env {
  const sorted = sortArguments(code.parameters, (i) => code.fallbacks[i] !== undefined, call, given);
  const own = makeEnv(env, code.frame.size);
  for (const [i, slot] of sorted.entries()) {
    const fallback = code.fallbacks[i];
    if (slot !== undefined) own[i + 1] = slot;
    else if (fallback !== undefined) own[i + 1] = new Thunk(fallback, own);
  }
  return own;
}

/** The arguments of a native function, defaults filled in. */
export function nativeArguments(native: Native, call: CallCode, given: readonly Slot[]): Slot[] {
  const { parameters, fallbacks } = native;
  const sorted = sortArguments(parameters, (i) => fallbacks[parameters[i] ?? ""] !== undefined, call, given);
  return sorted.map((slot, i) => (slot === undefined ? (fallbacks[parameters[i] ?? ""] ?? null) : slot));
}
