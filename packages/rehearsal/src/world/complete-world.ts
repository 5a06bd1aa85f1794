import { defaultWorld } from "./default-world.ts";
import { parseInput } from "./input-error.ts";
import { type WorldDescription, type WorldInput, worldSchema } from "./schema.ts";

type Whole<T> = { readonly [Key in keyof T]-?: Exclude<T[Key], undefined> };

/** A world with every part in place. */
export type CompleteWorld = Whole<Omit<WorldDescription, "instance" | "task">> & {
  readonly instance: Whole<Exclude<WorldDescription["instance"], undefined>>;
  readonly task: Whole<Exclude<WorldDescription["task"], undefined>>;
};

/** Fill the parts that a world leaves out from the default world. Throws an InputError for a world that is not one. */
export function completeWorld(input: WorldInput): CompleteWorld {
  const standard = worldSchema.parse(defaultWorld);
  const given = parseInput(worldSchema, input);
  const region = given.region ?? defaultWorld.region;
  return {
    region,
    account: given.account ?? defaultWorld.account,
    parameters: given.parameters ?? standard.parameters ?? {},
    secrets: given.secrets ?? standard.secrets ?? {},
    streams: given.streams ?? standard.streams ?? {},
    regions: given.regions ?? {},
    kms: given.kms ?? standard.kms ?? { keys: {} },
    access: given.access ?? [],
    // The default instance moves along with the region.
    instance: { ...defaultWorld.instance, availabilityZone: `${region}a`, ...withoutAbsent(given.instance ?? {}) },
    task: { ...defaultWorld.task, ...withoutAbsent(given.task ?? {}) },
    faults: given.faults ?? [],
  };
}

/** Spreading an absent member would erase the default. */
function withoutAbsent<T extends object>(part: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
