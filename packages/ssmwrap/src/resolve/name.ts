import type { EnvTarget } from "../rules/rule.ts";

/** The variable's name for a parameter or a member of its JSON: last segment or entire path, prefix, letters, replacements, in that order. */
export function variableName(parameter: string, target: EnvTarget, sanitize: boolean): string {
  if (target.name !== undefined) return target.name;
  const segments: string[] = [];
  for (const segment of parameter.split("/")) if (segment !== "") segments.push(segment);
  const base = target.entirePath ? segments.join("_") : (segments[segments.length - 1] ?? parameter);
  const prefixed = target.prefix + base;
  const lettered = target.keepCase ? prefixed : prefixed.toUpperCase();
  const renamed = target.replace === undefined ? lettered : lettered.replaceAll(target.replace.from, target.replace.to);
  return sanitize ? renamed.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)/, "_") : renamed;
}

/** The part of a parameter's name that becomes the variable: an ARN is not part of it, nor is the random suffix of a secret's ARN. */
export function bareName(name: string): string {
  if (!name.startsWith("arn:")) return name;
  const resource = name.split(":").slice(5).join(":");
  return resource.startsWith("secret:")
    ? resource.slice("secret:".length).replace(/-[A-Za-z0-9]{6}$/, "")
    : resource.replace(/^parameter/, "");
}

/** Variables that change how programs are found or loaded, so that no parameter sets them by accident (`/d/e/path` would become PATH). */
export const isReserved = (name: string): boolean => reserved.has(name) || name.startsWith("LD_") || name.startsWith("DYLD_");

const reserved = new Set([
  "PATH",
  "HOME",
  "IFS",
  "PS1",
  "PS4",
  "SHELLOPTS",
  "BASHOPTS",
  "BASH_ENV",
  "NODE_OPTIONS",
  "BUN_OPTIONS",
  "BUN_BE_BUN",
]);

/** Whether a POSIX shell can use the name. */
export const isShellName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
