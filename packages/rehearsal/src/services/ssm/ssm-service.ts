import { errorTypeRegistries } from "@aws-sdk/client-ssm";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { getParameter } from "./get-parameter.ts";
import { getParameters } from "./get-parameters.ts";
import { getParametersByPath } from "./get-parameters-by-path.ts";
import { putParameter } from "./put-parameter.ts";

/** Systems Manager's Parameter Store. */
export const ssm: Service = {
  name: "ssm",
  speech: { protocol: "json", targetPrefix: "AmazonSSM" },
  operations: byName([getParameter, getParameters, getParametersByPath, putParameter]),
  exceptions: errorTypeRegistries,
};
