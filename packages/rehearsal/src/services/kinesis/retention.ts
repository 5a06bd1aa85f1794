import { invalidArgument } from "./kinesis-errors.ts";

/** The limits of retention (the model's texts of DecreaseStreamRetentionPeriod and IncreaseStreamRetentionPeriod). */
const MIN_HOURS = 24;
const MAX_HOURS = 8760;

/** Refuse a retention that no stream can have, in the sentences of mhart/kinesalite, test/decreaseStreamRetentionPeriod.js. */
export function refuseRetention(hours: number): void {
  const refuse = (limit: string, fault: string): never => {
    throw invalidArgument(`${limit} hours. Requested retention period (${hours} hours) is too ${fault}.`);
  };
  if (hours < MIN_HOURS) refuse(`Minimum allowed retention period is ${MIN_HOURS}`, "short");
  if (hours > MAX_HOURS) refuse(`Maximum allowed retention period is ${MAX_HOURS}`, "long");
}
