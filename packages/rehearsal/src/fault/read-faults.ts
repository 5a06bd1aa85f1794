import * as z from "zod";
import { coversAction } from "../glob.ts";
import { nearest } from "../nearest.ts";
import type { Service } from "../wire/service.ts";
import { InputError, parseInput } from "../world/input-error.ts";
import { faultSchema } from "../world/schema.ts";
import type { Fault } from "./fault.ts";

/** Parts of this world that are no AWS API but take faults all the same. */
const OTHER_SERVICES = ["imds", "container-credentials"];

/** What an action must have for a fault to make sense. */
const NEEDS: Readonly<Record<string, string>> = { "empty-page": "pages", "expired-iterator": "iterators", partial: "batches" };

/** Read a list of faults as people and programs write it; throws an InputError with the place of what is wrong. */
export function readFaults(input: unknown, services: readonly Service[]): Fault[] {
  return parseInput(z.array(faultSchema), input).map((fault, at) => readFault(fault, `[${at}]`, services));
}

function readFault({ kind, ...fault }: z.output<typeof faultSchema>, place: string, services: readonly Service[]): Fault {
  const names = [...services.map(({ name }) => name), ...OTHER_SERVICES];
  if (!/[*?]/.test(fault.service) && !names.includes(fault.service)) {
    const near = nearest(fault.service, names);
    throw new InputError(
      `${place}.service: no service ${fault.service} is played, ${near === undefined ? `only ${names.join(", ")}` : `did you mean ${near}?`}`,
    );
  }
  const service = services.find(({ name }) => name === fault.service);
  const operations = [...(service?.operations.keys() ?? [])];
  if (service !== undefined && !/[*?]/.test(fault.operation) && !operations.includes(fault.operation)) {
    const near = nearest(fault.operation, operations);
    throw new InputError(
      `${place}.operation: ${service.name} does not play ${fault.operation}${near === undefined ? "" : `, did you mean ${near}?`}`,
    );
  }
  if (kind === "slow" && fault.ms === undefined) throw new InputError(`${place}.ms: slow needs a number of milliseconds`);
  if (kind !== "throttle" && fault.limit !== undefined) throw new InputError(`${place}.limit: only throttle takes a limit`);
  if (kind !== "partial" && fault.share !== undefined) throw new InputError(`${place}.share: only partial takes a share`);
  const meant = [...(service?.operations.values() ?? [])].filter(({ name }) => coversAction(fault.operation, name));
  if (service !== undefined && !meant.some((operation) => operation.plays(kind))) {
    const subject = fault.operation === "*" ? service.name : fault.operation;
    throw new InputError(`${place}.kind: ${subject} has no ${NEEDS[kind] ?? "matching action"}`);
  }
  return { kind, ...fault };
}
