import { AwsError } from "../../wire/aws-error.ts";
import type { Stream } from "./stream-store.ts";

/**
 * End a dry run that found nothing to refuse, before keys and the shard's limits are asked.
 * Source: the Developer Guide, "Test your permissions and request inputs with dry run": keys are not checked, and the dry runs of a stream have
 * one limit of their own. That the limit comes last and the sentence of its refusal are guesses.
 */
export function endDryRun(isDryRun: boolean | undefined, { hasLimits, dryRuns }: Stream, now: number): void {
  if (isDryRun !== true) return;
  if (hasLimits && dryRuns.balance(now) < 1) throw new AwsError("ThrottlingException", "Rate exceeded");
  dryRuns.spend(1);
  throw new AwsError("DryRunOperationException", "The request was rejected because the DryRun parameter was specified.");
}
