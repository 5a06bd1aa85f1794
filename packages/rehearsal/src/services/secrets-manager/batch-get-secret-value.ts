import { BatchGetSecretValue$, type BatchGetSecretValueRequest, type BatchGetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { defineOperation } from "../../wire/operation.ts";
import { cutPage, type SortKey } from "../../wire/paging.ts";
import { NEXT_TOKEN, SECRET_ID } from "./bounds.ts";
import { FILTERS, passesAll } from "./filters.ts";
import { answerValue } from "./get-secret-value.ts";
import { liveSecrets, sortKeyOf } from "./listing.ts";
import { refuseDeleted, refuseToken, secretNotFound } from "./secret-errors.ts";
import { arnToAuthorize, decryptSecret, findSecret, findVersion } from "./secret-reading.ts";

/**
 * Source: the model's texts of the action and its members: at most 20 secrets, a list or filters but not both, MaxResults with filters only,
 * what goes wrong with one secret lands in Errors. Guess: an id that is named twice is answered once.
 */
export const batchGetSecretValue = defineOperation<BatchGetSecretValueRequest, BatchGetSecretValueResponse>(BatchGetSecretValue$, {
  bounds: {
    SecretIdList: { min: 1, max: 20, each: SECRET_ID },
    Filters: FILTERS,
    MaxResults: { min: 1, max: 20 },
    NextToken: NEXT_TOKEN,
  },
  isPaged: true,
  run(input, call) {
    call.authorize("*");
    const { SecretIdList: ids, Filters: filters } = input;
    if ((ids === undefined) === (filters === undefined)) {
      throw new AwsError("InvalidParameterException", "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (ids !== undefined && input.MaxResults !== undefined) {
      throw new AwsError(
        "InvalidParameterException",
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
      );
    }
    if (filters !== undefined) call.authorize("*", "secretsmanager:ListSecrets");
    const wanted: readonly Wanted[] =
      ids === undefined
        ? liveSecrets(call)
            .filter((secret) => passesAll(filters ?? [], secret))
            .map((secret) => ({ id: secret.arn, key: sortKeyOf(secret) }))
        : [...new Set(ids)].map((id, at) => ({ id, key: [at] }));
    const list = JSON.stringify(["BatchGetSecretValue", ids, filters]);
    const request = { list, token: input.NextToken, size: input.MaxResults ?? 20, keyOf: ({ key }: Wanted) => key };
    const page = cutPage(call, wanted, request, refuseToken);
    const results = page.items.map(({ id }) => read(call, id));
    return {
      SecretValues: results.flatMap((result) => ("value" in result ? [result.value] : [])),
      NextToken: page.nextToken,
      Errors: results.flatMap((result) => ("error" in result ? [result.error] : [])),
    };
  },
});

interface Wanted {
  readonly id: string;
  readonly key: SortKey;
}

type Result =
  | { readonly value: ReturnType<typeof answerValue> }
  | { readonly error: { readonly SecretId: string; readonly ErrorCode: string; readonly Message: string } };

function read(call: Call, id: string): Result {
  try {
    call.authorize(arnToAuthorize(call, id), "secretsmanager:GetSecretValue");
    const secret = findSecret(call, id);
    if (secret === undefined) throw secretNotFound();
    refuseDeleted(secret);
    const version = findVersion(secret, undefined, undefined);
    if (version === undefined)
      throw new AwsError(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
      );
    decryptSecret(call, secret);
    return { value: answerValue(secret, version) };
  } catch (error) {
    if (error instanceof AwsError) return { error: { SecretId: id, ErrorCode: error.code, Message: error.message } };
    throw error;
  }
}
