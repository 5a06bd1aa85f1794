import { LabelParameterVersion$, type LabelParameterVersionRequest, type LabelParameterVersionResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { LABELS, requireVersion } from "./labels.ts";
import { NAME } from "./names.ts";

/** Source: the model's text of the action: the label rules, ten labels a version, a label moves from the version that had it. */
export const labelParameterVersion = defineOperation<LabelParameterVersionRequest, LabelParameterVersionResult>(LabelParameterVersion$, {
  bounds: { Name: NAME, Labels: LABELS },
  run(input, call) {
    const { parameter, version } = requireVersion(call, input.Name, input.ParameterVersion);
    const labels = [...new Set(input.Labels)];
    const valid = labels.filter(isLabel);
    if (new Set([...version.labels, ...valid]).size > 10) {
      throw new AwsError(
        "ParameterVersionLabelLimitExceeded",
        "A parameter version can have maximum 10 labels. Move one or more labels to another version and try again.",
      );
    }
    for (const label of valid) {
      for (const other of parameter.versions) other.labels.delete(label);
      version.labels.add(label);
    }
    return { InvalidLabels: labels.filter((label) => !isLabel(label)), ParameterVersion: version.version };
  },
});

const isLabel = (label: string): boolean => /^[A-Za-z._-][\w.-]*$/.test(label) && !/^(?:aws|ssm)/i.test(label);
