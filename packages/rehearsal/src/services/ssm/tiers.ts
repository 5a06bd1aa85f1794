import type { ParameterTier } from "@aws-sdk/client-ssm";
import { AwsError } from "../../wire/aws-error.ts";
import type { ParameterVersion } from "./parameter-store.ts";

/** Bytes that a value may have (model text of `Value`). */
const LIMIT = { Standard: 4096, Advanced: 8192 } as const;

/** The tier of a new version: as asked, else as before; Intelligent-Tiering chooses Advanced only where Standard cannot do it. */
export function chooseTier(
  asked: ParameterTier | undefined,
  before: ParameterVersion | undefined,
  value: string,
  needsAdvanced: boolean,
): "Standard" | "Advanced" {
  const size = Buffer.byteLength(value);
  if (asked === "Standard" && before?.tier === "Advanced") {
    throw new AwsError(
      "ValidationException",

      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  }
  const isSmall = size <= LIMIT.Standard && !needsAdvanced;
  const tier =
    asked === "Intelligent-Tiering"
      ? isSmall && before?.tier !== "Advanced"
        ? "Standard"
        : "Advanced"
      : (asked ?? before?.tier ?? "Standard");
  if (size > LIMIT[tier]) {
    const way = tier === "Standard" ? " To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier." : "";
    throw new AwsError(
      "ValidationException",
      `${tier} tier parameters support a maximum parameter value of ${LIMIT[tier]} characters.${way}`,
    );
  }
  if (tier === "Standard" && needsAdvanced)
    throw new AwsError(
      "ValidationException",
      "Parameter policies and the data types url, json and jsonc require the advanced-parameter tier.",
    );
  return tier;
}
