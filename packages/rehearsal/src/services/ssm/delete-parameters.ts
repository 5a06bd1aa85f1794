import { DeleteParameters$, type DeleteParametersRequest, type DeleteParametersResult } from "@aws-sdk/client-ssm";
import { defineOperation } from "../../wire/operation.ts";
import { NAMES, readName } from "./names.ts";
import { findOwn, ownArn } from "./parameter-store.ts";

/** Source: the model's text of the action: ten names, those that are not there come back as InvalidParameters. */
export const deleteParameters = defineOperation<DeleteParametersRequest, DeleteParametersResult>(DeleteParameters$, {
  bounds: { Names: NAMES },
  run(input, call) {
    const names = [...new Set(input.Names.map(readName))];
    for (const name of names) call.authorize(ownArn(call, name));
    const there = names.filter((name) => findOwn(call, name) !== undefined);
    for (const name of there) call.world.region(call.region).parameters.own.delete(name);
    return { DeletedParameters: there, InvalidParameters: names.filter((name) => !there.includes(name)) };
  },
});
