import type { Call } from "../../wire/call.ts";
import type { Secret } from "./secret-store.ts";

/** Secrets of the call's region that are not marked for deletion. */
export const liveSecrets = (call: Call): Secret[] =>
  [...call.world.region(call.region).secrets.byName.values()].filter(({ deletion }) => deletion === undefined);

export type SortKey = "created-date" | "last-accessed-date" | "last-changed-date" | "name";

/** Sort as ListSecrets does: by creation unless asked otherwise; that it ascends when no order is asked for is a guess. Names settle ties. */
export function sortSecrets(secrets: readonly Secret[], by: SortKey = "created-date", order: "asc" | "desc" = "asc"): Secret[] {
  const sign = order === "desc" ? -1 : 1;
  return [...secrets].sort((a, b) => sign * (timeOf(a, by) - timeOf(b, by) || (a.name < b.name ? -1 : 1)));
}

function timeOf(secret: Secret, by: SortKey): number {
  if (by === "name") return 0;
  if (by === "created-date") return secret.createdDate.getTime();
  return (by === "last-changed-date" ? secret.lastChangedDate : secret.lastAccessedDate)?.getTime() ?? 0;
}
