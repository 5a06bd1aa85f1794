import { type Env, ToolError } from "@sukima/core";
import { isReserved, isShellName } from "./name.ts";
import type { Assignment } from "./resolve.ts";

/** How variables meet those of the caller. */
export interface EnvironmentPolicy {
  readonly keepExisting: "none" | "all" | readonly string[];
  readonly pristine: "none" | "all" | readonly string[];
  readonly onCollision: "warn" | "error" | "last";
  readonly allowReserved: boolean;
  readonly scrub: boolean;
}

export interface ChildEnvironment {
  /** Fetched variables only, in the order in which they were first set. */
  readonly fetched: ReadonlyMap<string, Assignment>;
  /** Everything that the program gets. */
  readonly env: Readonly<Record<string, string>>;
  readonly warnings: readonly { readonly event: string; readonly fields: Readonly<Record<string, string>> }[];
}

const covers = (choice: "none" | "all" | readonly string[], name: string): boolean =>
  choice === "all" || (choice !== "none" && choice.includes(name));

/**
 * The program's environment: the caller's variables, then the assignments in order, the last one wins. Pure; the caller's own map is left alone.
 * Throws `ToolError` for a value with a NUL byte, a name no variable can have, and a collision when asked to.
 */
export function childEnvironment(assignments: readonly Assignment[], caller: Env, policy: EnvironmentPolicy): ChildEnvironment {
  const fetched = new Map<string, Assignment>();
  const warnings: ChildEnvironment["warnings"][number][] = [];
  const warn = (event: string, fields: Readonly<Record<string, string>>): void => void warnings.push({ event, fields });
  const collided = new Set<string>();
  const odd = new Set<string>();
  for (const one of assignments) {
    const { variable, from } = one;
    check(one);
    if (isReserved(variable) && !one.explicit && !policy.allowReserved) {
      warn("left a reserved variable alone", {
        variable,
        parameter: from,
        hint: "set it with to=NAME in a rule of its own, or with -allow-reserved",
      });
      continue;
    }
    if (!one.replacesReference && covers(policy.keepExisting, variable) && caller[variable] !== undefined) continue;
    if (!isShellName(variable) && !odd.has(variable)) {
      odd.add(variable);
      warn("a variable's name cannot be used in a shell", { variable, parameter: from, hint: "make such names usable with -sanitize" });
    }
    const before = fetched.get(variable);
    if (before !== undefined && before.from !== from && policy.onCollision !== "last") {
      const both = `${before.from}, ${from}`;
      if (policy.onCollision === "error")
        throw new ToolError("COLLISION", `two parameters give ${variable}: ${both}`, {
          hint: "tell them apart with prefix=, entirepath=true or to=",
        });
      if (!collided.has(`${variable} ${both}`)) warn("two parameters give one variable; the last one wins", { variable, parameters: both });
      collided.add(`${variable} ${both}`);
    }
    fetched.set(variable, one);
  }
  return { fetched, env: merged(fetched, caller, policy), warnings };
}

function check({ variable, value, from }: Assignment): void {
  if (variable === "" || variable.includes("=") || variable.includes("\0")) {
    throw new ToolError("BAD_VARIABLE", `${from} gives a variable without a usable name: ${JSON.stringify(variable)}`, {
      hint: "name it with to=",
    });
  }
  if (value.reveal().includes("\0"))
    throw new ToolError("NUL_IN_VALUE", `the value of ${from} holds a NUL byte, which no variable can`, {
      hint: "write it to a file: -file path=...,to=...",
    });
}

function merged(fetched: ReadonlyMap<string, Assignment>, caller: Env, { pristine, scrub }: EnvironmentPolicy): Record<string, string> {
  // No prototype: a parameter may be called __proto__.
  const env: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(caller)) {
    const kept = pristine === "none" || (pristine !== "all" && pristine.includes(name));
    if (value !== undefined && kept && !(scrub && name.startsWith("SSMWRAP_"))) env[name] = value;
  }
  for (const [name, { value }] of fetched) env[name] = value.reveal();
  return env;
}
