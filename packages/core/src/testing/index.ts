/** What tests of commands need. No tool imports it. */
export { type InstantClock, instantClock } from "./instant-clock.ts";
export { memorySink } from "./memory-sink.ts";
export { type TestContext, testContext } from "./test-context.ts";
export { seededRandom, simulatedClock } from "./simulated-clock.ts";
