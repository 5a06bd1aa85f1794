import { GetParametersByPath$, type GetParametersByPathRequest, type GetParametersByPathResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { answerParameter } from "./parameter-answer.ts";
import { BY_PATH, checkFilters, FILTERS, labelsOf, passes } from "./filters.ts";
import { isBelow, NAME, readPath } from "./names.ts";
import { latest, ownArn, ownParameters, type Parameter } from "./parameter-store.ts";
import type { Found } from "./references.ts";

/**
 * Source: the model's text of the action (limits, filter keys, "authorized for the path that you specify").
 * Guesses: parameters come in ascending order of name; pages are full whenever they can be, though AWS says they may be shorter;
 * an answer found by label carries no Selector.
 */
export const getParametersByPath = defineOperation<GetParametersByPathRequest, GetParametersByPathResult>(GetParametersByPath$, {
  bounds: { Path: NAME, ParameterFilters: FILTERS, MaxResults: { min: 1, max: 10 } },
  isPaged: true,
  run(input, call) {
    const path = readPath(input.Path);
    // Only the path decides: a denial of a parameter below it hides nothing.
    call.authorize(ownArn(call, input.Path.trim()));
    const filters = input.ParameterFilters ?? [];
    checkFilters(filters, BY_PATH);
    const labels = labelsOf(filters);
    const found = ownParameters(call)
      .filter(({ name }) => isBelow(name, path, input.Recursive ?? false))
      .flatMap((parameter) => pickVersion(parameter, labels))
      .filter(({ parameter, version }) => filters.every((filter) => passes(filter, parameter, version)));
    const list = JSON.stringify([path, input.Recursive ?? false, filters]);
    const request = { list, token: input.NextToken, size: input.MaxResults ?? 10, keyOf: ({ parameter }: Found) => [parameter.name] };
    const page = cutPage(call, found, request, refuseToken);
    return { Parameters: page.items.map((item) => answerParameter(call, item, input.WithDecryption)), NextToken: page.nextToken };
  },
});

/** With a Label filter the labelled version answers, else the newest. */
function pickVersion(parameter: Parameter, labels: readonly string[] | undefined): Found[] {
  const version =
    labels === undefined
      ? latest(parameter)
      : parameter.versions.findLast((candidate) => labels.some((label) => candidate.labels.has(label)));
  return version === undefined ? [] : [{ parameter, version, selector: undefined }];
}

/** The error of all of Parameter Store's pages for a token that is not theirs. */
export function refuseToken(): never {
  throw new AwsError("InvalidNextToken", "The specified token isn't valid.");
}
