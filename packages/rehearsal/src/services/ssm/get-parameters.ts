import {
  GetParameters$,
  type GetParametersRequest,
  type GetParametersResult,
  type Parameter as ParameterAnswer,
} from "@aws-sdk/client-ssm";
import type { Call } from "../../wire/call.ts";
import { defineOperation } from "../../wire/operation.ts";
import { NAMES } from "./names.ts";
import { answerParameter } from "./parameter-answer.ts";
import { readReference, selectVersion } from "./references.ts";
import { isSecretReference, readSecretReference } from "./secret-reference.ts";

/**
 * Source: the model's text of the action ("listed in alphabetical order", InvalidParameters, authorized for each parameter).
 * Guesses: a name sent twice is answered once; several selectors of one name keep the request's order; a malformed name refuses the whole call,
 * as the model says of names with inner spaces.
 */
export const getParameters = defineOperation<GetParametersRequest, GetParametersResult>(GetParameters$, {
  bounds: { Names: NAMES },
  run(input, call) {
    const names = [...new Set(input.Names)];
    const found = names.map((name) => ({ name, answer: read(name, call, input.WithDecryption ?? false) }));
    const parameters = found.flatMap(({ answer }) => answer ?? []);
    return {
      Parameters: parameters.sort((a, b) => compare(a.Name ?? "", b.Name ?? "")),
      InvalidParameters: found.filter(({ answer }) => answer === undefined).map(({ name }) => name),
    };
  },
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function read(name: string, call: Call, withDecryption: boolean): ParameterAnswer | undefined {
  if (isSecretReference(name)) return readSecretReference(name, call, withDecryption);
  const reference = readReference(name, call);
  call.authorize(reference.arn);
  const parameter = reference.find(call);
  const found = parameter === undefined ? undefined : selectVersion(parameter, reference.selector);
  return found === undefined ? undefined : answerParameter(call, found, withDecryption);
}
