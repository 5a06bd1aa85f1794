import type { Parameter as ParameterAnswer } from "@aws-sdk/client-ssm";
import type { Call } from "../../wire/call.ts";
import { readValue } from "./decryption.ts";
import type { Found } from "./references.ts";

/** The `Parameter` structure of the reading actions. */
export function answerParameter(call: Call, { parameter, version, selector }: Found, withDecryption = false): ParameterAnswer {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: readValue(call, version, withDecryption),
    Version: version.version,
    Selector: selector,
    LastModifiedDate: version.lastModifiedDate,
    ARN: parameter.arn,
    DataType: version.dataType,
  };
}
