import * as z from "zod";
import type { Clock } from "../clock.ts";
import { parseDuration } from "../duration.ts";
import type { InstanceState } from "../metadata/instance-state.ts";
import { parseInput } from "../world/input-error.ts";

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms === undefined) context.addIssue({ code: "custom", message: `expected a duration such as 90s or 2m, got ${JSON.stringify(text)}` });
  return ms ?? 0;
});

const later = (text: string) => duration.default(parseDuration(text) ?? 0);

const eventsSchema = z.strictObject({
  spot: z
    .strictObject({ in: later("2m"), action: z.enum(["terminate", "stop", "hibernate"]).default("terminate") })
    .nullable()
    .optional()
    .describe("a spot interruption; null takes it back"),
  rebalance: z.strictObject({}).nullable().optional().describe("a rebalance recommendation, noticed now; null takes it back"),
  asg: z
    .strictObject({
      state: z
        .enum([
          "InService",
          "Terminated",
          "Detached",
          "Standby",
          "Warmed:Hibernated",
          "Warmed:Running",
          "Warmed:Stopped",
          "Warmed:Terminated",
        ])
        .default("Terminated"),
    })
    .nullable()
    .optional()
    .describe("the Auto Scaling target state; null for an instance outside of any group"),
  maintenance: z
    .strictObject({
      in: later("1h"),
      lasts: later("2h"),
      id: z.string().min(1).default("instance-event-0123456789abcdef0"),
      code: z
        .enum(["instance-reboot", "system-reboot", "system-maintenance", "instance-retirement", "instance-stop"])
        .default("system-reboot"),
      state: z.enum(["active", "completed", "canceled"]).default("active"),
      description: z.string().default("scheduled reboot"),
    })
    .optional()
    .describe("a scheduled event; the same id again changes it"),
});

/** Make the instance hear of trouble through its metadata. Throws an InputError for an event that there is not. */
export function happen(input: unknown, state: InstanceState, clock: Clock): void {
  const { spot, rebalance, asg, maintenance } = parseInput(eventsSchema, input);
  const now = clock.now();
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  if (spot !== undefined) state.spot = spot === null ? undefined : { action: spot.action, time: after(spot.in) };
  if (rebalance !== undefined) state.rebalance = rebalance === null ? undefined : { noticeTime: now };
  if (asg !== undefined) state.targetLifecycleState = asg?.state;
  if (maintenance !== undefined) {
    state.maintenance.set(maintenance.id, {
      EventId: maintenance.id,
      Code: maintenance.code,
      State: maintenance.state,
      Description: maintenance.description,
      NotBefore: after(maintenance.in),
      NotAfter: after(maintenance.in + maintenance.lasts),
    });
  }
}
