import type { FaultList } from "../fault/fault-list.ts";
import type { Fault } from "../fault/fault.ts";
import { readFaults } from "../fault/read-faults.ts";
import type { Journal } from "../journal.ts";
import type { InstanceState } from "../metadata/instance-state.ts";
import type { Service } from "../wire/service.ts";
import type { World } from "../world/world.ts";
import { readAdvance } from "./clock-control.ts";
import { happen } from "./events.ts";
import { describeState } from "./world-state.ts";

/** The handles by which tests and the control endpoints steer the world. Inputs are unchecked; what is wrong with them is an InputError. */
export interface Controls {
  journalLines(): string;
  listFaults(): readonly Fault[];
  addFaults(input: unknown): void;
  clearFaults(): void;
  now(): Date;
  advance(input: unknown): void;
  happen(input: unknown): void;
  state(): object;
}

export interface ControlParts {
  readonly world: World;
  readonly journal: Journal;
  readonly faults: FaultList;
  readonly services: readonly Service[];
  readonly instance: InstanceState;
  /** How a program finds the task's credentials; asked for once the world has its ports. */
  readonly containerCredentials: () => object;
}

export function createControls({ world, journal, faults, services, instance, containerCredentials }: ControlParts): Controls {
  return {
    journalLines: () => journal.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""),
    listFaults: () => faults.faults,
    addFaults: (input) => faults.add(readFaults(input, services)),
    clearFaults: faults.clear,
    now: world.clock.now,
    advance: (input) => world.clock.advance(readAdvance(input)),
    happen: (input) => happen(input, instance, world.clock),
    state: () => ({ ...describeState(world, instance), containerCredentials: containerCredentials(), faults: faults.faults }),
  };
}
