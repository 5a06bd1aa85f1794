import { GetCallerIdentity$, type GetCallerIdentityRequest, type GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import { defineOperation } from "../../wire/operation.ts";

/** Source: the model's text of the action; no permission is needed, so a denial changes nothing. */
export const getCallerIdentity = defineOperation<GetCallerIdentityRequest, GetCallerIdentityResponse>(GetCallerIdentity$, {
  bounds: {},
  run: (_, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
});
