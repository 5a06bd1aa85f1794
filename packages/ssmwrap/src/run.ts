import { type Context, createLog, isToolError, type Log, ToolError, usageError } from "@sukima/core";
import { platform } from "@sukima/core/platform";
import { become, type Program } from "./exec/become.ts";
import { checkDemands } from "./exec/demands.ts";
import { fetchAll } from "./fetch/all.ts";
import type { SsmwrapOptions } from "./options.ts";
import { childEnvironment } from "./resolve/child-environment.ts";
import { resolve, type Resolution } from "./resolve/resolve.ts";
import { collectRules, hasEmptySource } from "./rules/collect.ts";
import { tool } from "./tool.ts";

/** options -> rules -> fetch -> resolve -> print, or write files and become the command. */
export async function run(options: SsmwrapOptions, operands: readonly string[], ctx: Context): Promise<number> {
  const log = createLog(ctx.err, ctx.clock, {
    tool: tool.name,
    level: options["log-level"] ?? "warn",
    format: options["log-format"] ?? "text",
  });
  const argv = operands[0] === "--" ? operands.slice(1) : operands;
  const answersOnly = options.print !== undefined || options["dry-run"] || options.check;
  if (argv.length === 0 && !answersOnly)
    throw usageError("NO_COMMAND", "no command to become", "name it after the flags: ssmwrap -paths=/prod/ -- app");
  if (options.print !== undefined && options.print !== "names" && ctx.out.isTerminal && !options.yes) {
    throw usageError("TERMINAL", "-print would show secrets on a terminal", "redirect it, or confirm with -yes");
  }
  if (!answersOnly) checkDemands(options);
  const rules = await collectRules(options, ctx.env);
  if (rules.length === 0) checkEmpty(options, log);
  for (const { source } of rules) {
    if (source.kind === "children" && source.impliedStar)
      log.warn(`${source.shown} is read as ${source.shown}*`, { hint: "write the star to silence this" });
  }
  const resolution = resolve(rules, await fetchAll(rules, options, ctx, log), options.sanitize);
  const environment = childEnvironment(resolution.assignments, ctx.env, {
    keepExisting: options["keep-existing"],
    pristine: options.pristine,
    onCollision: options["on-collision"] ?? "warn",
    allowReserved: options["allow-reserved"],
    scrub: options.scrub,
  });
  for (const { event, fields } of environment.warnings) log.warn(event, fields);
  if (resolution.misses.length > 0) await reportMisses(resolution, options, log);
  if (answersOnly) {
    const { answer } = await import("./print/answer.ts");
    return answer(options, environment, resolution, ctx);
  }
  return start({ argv, env: environment.env, openFiles: options.nofile }, resolution, options, ctx, log);
}

/** Nothing to fetch: fine when a v1 source is there but empty, or when -expand found no reference; else a mistake. */
function checkEmpty(options: SsmwrapOptions, log: Log): void {
  if (hasEmptySource(options)) return log.warn("-paths or -names is empty: nothing is fetched");
  const exportsNothing = options.paths !== undefined || options.names !== undefined || options.expand;
  if (!exportsNothing)
    throw new ToolError("NO_RULES", "there is no rule: nothing says what to fetch", {
      hint: "give -paths=/prod/, -env path=/prod/*, or -file path=...,to=...",
    });
}

async function reportMisses({ misses }: Resolution, options: SsmwrapOptions, log: Log): Promise<void> {
  const { swappedHint } = await import("./rules/swapped.ts");
  const hint = swappedHint(misses);
  const names = (some: Resolution["misses"]): string => [...new Set(some.map(({ shown }) => shown))].join(", ");
  const fatal = options.strict ? misses : misses.filter(({ required }) => required);
  if (fatal.length > 0 && !options.check)
    throw new ToolError("MISSING", `not found: ${names(fatal)}`, {
      hint: hint ?? "check the names, the region and the account; default= stands in for a missing parameter",
    });
  log.warn(`not found: ${names(misses)}`, { hint });
}

async function start(program: Program, { files }: Resolution, options: SsmwrapOptions, ctx: Context, log: Log): Promise<number> {
  const supervised = options.supervise || !platform.canExec;
  try {
    if (files.length === 0 && !supervised) return await become(program, undefined, options, ctx, log);
    // The program is looked at before the first file is written: a mistyped one leaves nothing behind.
    const { prepare } = await import("./exec/prepare.ts");
    const file = prepare(program, options, ctx, log);
    const { writeFiles } = await import("./files/write.ts");
    await writeFiles(files, ctx);
    if (!supervised) return await become(program, file, options, ctx, log);
    const { supervise } = await import("./exec/supervise.ts");
    return await supervise(program, file, options["kill-after"], ctx, log);
  } catch (error) {
    if (options["exit-codes"] !== "go" || !isToolError(error) || error.exit < 126) throw error;
    throw new ToolError(error.code, error.message, { exit: 1, ...(error.hint === undefined ? {} : { hint: error.hint }), cause: error });
  }
}
