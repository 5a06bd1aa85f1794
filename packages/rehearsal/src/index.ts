export { type Rehearsal, type RehearsalOptions, startRehearsal } from "./rehearsal.ts";
export type { JournalEntry } from "./journal.ts";
export { type WorldInput, worldJsonSchema } from "./world/schema.ts";
