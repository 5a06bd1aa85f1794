import { createClock } from "../src/clock.ts";
import { createRandom } from "../src/random.ts";
import type { Call } from "../src/wire/call.ts";
import { buildWorld } from "../src/world/build-world.ts";
import { completeWorld } from "../src/world/complete-world.ts";

/** A call in the default world, for tests of what actions share. */
export function testCall(facts: Partial<Call>): Call {
  const world = buildWorld(completeWorld({}), createClock({ mode: "virtual", speed: 1 }), createRandom(1));
  const caller = world.sessions.identify("AKIATEST", undefined);
  return {
    world,
    region: world.homeRegion,
    caller,
    requestId: "id",
    signal: new AbortController().signal,
    wantsEmptyPage: false,
    wantsExpiredIterator: false,
    pickFailures: () => new Map(),
    authorize: () => {},
    ...facts,
  };
}
