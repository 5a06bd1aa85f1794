import type { CallCode } from "../compile/unit.ts";
import { nativeArguments } from "./arguments.ts";
import type { Machine } from "./machine.ts";
import type { Native } from "./native.ts";
import { Thunk, type Slot } from "./values.ts";

/** The result of a native call, or the argument that must be evaluated before it can be made. */
type NativeResult = { readonly slot: Slot; readonly waitsFor: undefined } | { readonly slot: undefined; readonly waitsFor: Thunk };

/** Calls a native function with the arguments on top of the stack, which stay there. */
export function nativeCall(machine: Machine, callee: Native, call: CallCode): NativeResult {
  const { stack, height } = machine;
  const count = call.positional + call.named.length;
  const given = stack.slice(height - count, height);
  const isPlain = call.named.length === 0 && count === callee.parameters.length;
  const args = isPlain ? given : nativeArguments(callee, call, given);
  for (let i = 0; i < args.length; i++) {
    const slot = args[i];
    if (!(slot instanceof Thunk) || callee.lazy.has(i)) continue;
    if (slot.value === undefined) return { slot: undefined, waitsFor: slot };
    args[i] = slot.value;
  }
  return { slot: callee.body(args, machine), waitsFor: undefined };
}
