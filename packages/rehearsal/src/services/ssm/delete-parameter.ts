import { DeleteParameter$, type DeleteParameterRequest, type DeleteParameterResult } from "@aws-sdk/client-ssm";
import { defineOperation } from "../../wire/operation.ts";
import { NAME, readName } from "./names.ts";
import { findOwn, ownArn } from "./parameter-store.ts";
import { parameterNotFound } from "./references.ts";

/** Source: the model's text of the action. Its advice to wait 30 seconds before the name is used again is not enforced. */
export const deleteParameter = defineOperation<DeleteParameterRequest, DeleteParameterResult>(DeleteParameter$, {
  bounds: { Name: NAME },
  run(input, call) {
    const name = readName(input.Name);
    call.authorize(ownArn(call, name));
    if (findOwn(call, name) === undefined) throw parameterNotFound(name);
    call.world.region(call.region).parameters.own.delete(name);
    return {};
  },
});
