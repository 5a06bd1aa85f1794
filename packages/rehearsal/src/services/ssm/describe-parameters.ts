import { DescribeParameters$, type DescribeParametersRequest, type DescribeParametersResult } from "@aws-sdk/client-ssm";
import { placeOf } from "../../region.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { checkFilters, DESCRIBE, FILTERS, passes } from "./filters.ts";
import { refuseToken } from "./get-parameters-by-path.ts";
import { answerMetadata } from "./metadata-answer.ts";
import { latest, ownParameters, type Parameter } from "./parameter-store.ts";

/** `ParametersFilterList` in the model, the deprecated form of filters. */
const OLD_FILTERS: Bounds = {
  each: { members: { Key: { oneOf: ["Name", "Type", "KeyId"] }, Values: { min: 1, max: 50, each: { min: 1, max: 1024 } } } },
};

/**
 * Source: the model's texts of the action, of ParameterStringFilter and of Shared. The deprecated Filters match by prefix, as the user guide's older pages say.
 * Guesses: parameters come in ascending order of name; a page without MaxResults holds 50; both kinds of filters at once are refused.
 */
export const describeParameters = defineOperation<DescribeParametersRequest, DescribeParametersResult>(DescribeParameters$, {
  bounds: { Filters: OLD_FILTERS, ParameterFilters: FILTERS, MaxResults: { min: 1, max: 50 } },
  isPaged: true,
  run(input, call) {
    const { partition, region, account } = placeOf(call.region, call.world.account);
    call.authorize(`arn:${partition}:ssm:${region}:${account}:*`);
    if (input.Filters !== undefined && input.ParameterFilters !== undefined) {
      throw new AwsError("ValidationException", "You can use either Filters or ParameterFilters in a single request.");
    }
    const filters = input.ParameterFilters ?? (input.Filters ?? []).map(({ Key, Values }) => ({ Key, Values, Option: "BeginsWith" }));
    checkFilters(filters, DESCRIBE);
    const candidates = input.Shared === true ? [...call.world.region(region).parameters.shared.values()] : ownParameters(call);
    const found = candidates.filter((parameter) => filters.every((filter) => passes(filter, parameter, latest(parameter))));
    const list = JSON.stringify(["describe", filters, input.Shared ?? false]);
    const request = { list, token: input.NextToken, size: input.MaxResults ?? 50, keyOf: ({ name, arn }: Parameter) => [name, arn] };
    const page = cutPage(call, found, request, refuseToken);
    return {
      Parameters: page.items.map((parameter) => ({ ...answerMetadata(parameter, latest(parameter)), ARN: parameter.arn })),
      NextToken: page.nextToken,
    };
  },
});
