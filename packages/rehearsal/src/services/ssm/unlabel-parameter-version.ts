import { UnlabelParameterVersion$, type UnlabelParameterVersionRequest, type UnlabelParameterVersionResult } from "@aws-sdk/client-ssm";
import { defineOperation } from "../../wire/operation.ts";
import { LABELS, requireVersion } from "./labels.ts";
import { NAME } from "./names.ts";

/** Source: the model's text of the action; labels that the version does not have come back as InvalidLabels. */
export const unlabelParameterVersion = defineOperation<UnlabelParameterVersionRequest, UnlabelParameterVersionResult>(
  UnlabelParameterVersion$,
  {
    bounds: { Name: NAME, Labels: LABELS },
    run(input, call) {
      const { version } = requireVersion(call, input.Name, input.ParameterVersion);
      const labels = [...new Set(input.Labels)];
      const removed = labels.filter((label) => version.labels.delete(label));
      return { RemovedLabels: removed, InvalidLabels: labels.filter((label) => !removed.includes(label)) };
    },
  },
);
