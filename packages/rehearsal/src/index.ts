export { type Rehearsal, type RehearsalOptions, startRehearsal } from "./rehearsal.ts";
export type { JournalEntry } from "./journal.ts";
export { InputError } from "./world/input-error.ts";
export { type FaultInput, type WorldInput, worldJsonSchema } from "./world/schema.ts";
