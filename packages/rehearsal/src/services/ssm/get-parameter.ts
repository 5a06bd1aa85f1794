import { GetParameter$, type GetParameterRequest, type GetParameterResult } from "@aws-sdk/client-ssm";
import { defineOperation } from "../../wire/operation.ts";
import { NAME } from "./names.ts";
import { answerParameter } from "./parameter-answer.ts";
import { parameterNotFound, readReference, selectVersion, versionNotFound } from "./references.ts";
import { isSecretReference, readSecretReference, secretNotFound } from "./secret-reference.ts";

/** Source: the model's text of the action and its errors. */
export const getParameter = defineOperation<GetParameterRequest, GetParameterResult>(GetParameter$, {
  bounds: { Name: NAME },
  run(input, call) {
    const withDecryption = input.WithDecryption ?? false;
    if (isSecretReference(input.Name)) {
      const answer = readSecretReference(input.Name, call, withDecryption);
      if (answer === undefined) throw secretNotFound(input.Name);
      return { Parameter: answer };
    }
    const reference = readReference(input.Name, call);
    call.authorize(reference.arn);
    const parameter = reference.find(call);
    if (parameter === undefined) throw parameterNotFound(input.Name);
    const found = selectVersion(parameter, reference.selector);
    if (found === undefined) throw versionNotFound(parameter.name, reference.selector ?? "");
    return { Parameter: answerParameter(call, found, withDecryption) };
  },
});
