import { ListSecrets$, type ListSecretsRequest, type ListSecretsResponse } from "@aws-sdk/client-secrets-manager";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { NEXT_TOKEN } from "./bounds.ts";
import { describe, stagesOf } from "./describe-secret.ts";
import { FILTERS, passesAll } from "./filters.ts";
import { sortKeyOf } from "./listing.ts";
import { refuseToken } from "./secret-errors.ts";

/**
 * Source: the model's texts of the action and its members; here a list shows every change at once, where AWS may be five minutes behind.
 * Guess: the order ascends when none is asked for.
 */
export const listSecrets = defineOperation<ListSecretsRequest, ListSecretsResponse>(ListSecrets$, {
  bounds: {
    MaxResults: { min: 1, max: 100 },
    NextToken: NEXT_TOKEN,
    Filters: FILTERS,
    SortOrder: { oneOf: ["asc", "desc"] },
    SortBy: { oneOf: ["created-date", "last-accessed-date", "last-changed-date", "name"] },
  },
  isPaged: true,
  run(input, call) {
    call.authorize("*");
    const now = call.world.clock.now();
    const { Filters: filters = [], SortBy: by, SortOrder: order } = input;
    const shown = [...call.world.region(call.region).secrets.byName.values()]
      .filter(({ deletion }) => deletion === undefined || (input.IncludePlannedDeletion === true && now < deletion.deletedAt))
      .filter((secret) => passesAll(filters, secret));
    const list = JSON.stringify(["ListSecrets", filters, by, order, input.IncludePlannedDeletion ?? false]);
    const request = { list, token: input.NextToken, size: input.MaxResults ?? 100, isDescending: order === "desc" };
    const page = cutPage(call, shown, { ...request, keyOf: (secret) => sortKeyOf(secret, by) }, refuseToken);
    const entries = page.items.map((secret) => ({
      ...describe(secret),
      DeletedDate: secret.deletion?.requestedAt,
      SecretVersionsToStages: secret.versions.size === 0 ? undefined : stagesOf(secret),
    }));
    return { SecretList: entries, NextToken: page.nextToken };
  },
});
