import { errorTypeRegistries } from "@aws-sdk/client-ssm";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { deleteParameter } from "./delete-parameter.ts";
import { deleteParameters } from "./delete-parameters.ts";
import { describeParameters } from "./describe-parameters.ts";
import { getParameter } from "./get-parameter.ts";
import { getParameterHistory } from "./get-parameter-history.ts";
import { getParameters } from "./get-parameters.ts";
import { getParametersByPath } from "./get-parameters-by-path.ts";
import { labelParameterVersion } from "./label-parameter-version.ts";
import { putParameter } from "./put-parameter.ts";
import { unlabelParameterVersion } from "./unlabel-parameter-version.ts";

/** Systems Manager's Parameter Store. */
export const ssm: Service = {
  name: "ssm",
  speech: { protocol: "json", version: "1.1", targetPrefix: "AmazonSSM" },
  operations: byName([
    deleteParameter,
    deleteParameters,
    describeParameters,
    getParameter,
    getParameterHistory,
    getParameters,
    getParametersByPath,
    labelParameterVersion,
    putParameter,
    unlabelParameterVersion,
  ]),
  exceptions: errorTypeRegistries,
};
