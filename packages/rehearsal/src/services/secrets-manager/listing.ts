import type { Call } from "../../wire/call.ts";
import type { SortKey } from "../../wire/paging.ts";
import type { Secret } from "./secret-store.ts";

/** Secrets of the call's region that are not marked for deletion. */
export const liveSecrets = (call: Call): Secret[] =>
  [...call.world.region(call.region).secrets.byName.values()].filter(({ deletion }) => deletion === undefined);

type SortBy = "created-date" | "last-accessed-date" | "last-changed-date" | "name";

/** What ListSecrets sorts by: creation unless asked otherwise. Names settle ties. */
export const sortKeyOf = (secret: Secret, by: SortBy = "created-date"): SortKey => [timeOf(secret, by), secret.name];

function timeOf(secret: Secret, by: SortBy): number {
  if (by === "name") return 0;
  if (by === "created-date") return secret.createdDate.getTime();
  return (by === "last-changed-date" ? secret.lastChangedDate : secret.lastAccessedDate)?.getTime() ?? 0;
}
