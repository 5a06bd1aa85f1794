import { GetParameterHistory$, type GetParameterHistoryRequest, type GetParameterHistoryResult } from "@aws-sdk/client-ssm";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage } from "../../wire/paging.ts";
import { readValue } from "./decryption.ts";
import { refuseToken } from "./get-parameters-by-path.ts";
import { answerMetadata } from "./metadata-answer.ts";
import { NAME } from "./names.ts";
import type { ParameterVersion } from "./parameter-store.ts";
import { parameterNotFound, readReference } from "./references.ts";

/** Source: the model's texts of the action and its members. Guesses: the oldest version comes first; a page without MaxResults holds 50. */
export const getParameterHistory = defineOperation<GetParameterHistoryRequest, GetParameterHistoryResult>(GetParameterHistory$, {
  bounds: { Name: NAME, MaxResults: { min: 1, max: 50 } },
  isPaged: true,
  run(input, call) {
    const reference = readReference(input.Name, call);
    call.authorize(reference.arn);
    const parameter = reference.selector === undefined ? reference.find(call) : undefined;
    if (parameter === undefined) throw parameterNotFound(input.Name);
    const size = input.MaxResults ?? 50;
    const keyOf = ({ version }: ParameterVersion) => [version];
    const request = { list: `history ${parameter.arn}`, token: input.NextToken, size, keyOf };
    const page = cutPage(call, parameter.versions, request, refuseToken);
    const entries = page.items.map((version) => ({
      ...answerMetadata(parameter, version),
      Value: readValue(call, version, input.WithDecryption ?? false),
      Labels: [...version.labels],
    }));
    return { Parameters: entries, NextToken: page.nextToken };
  },
});
