import { isIPv4, isIPv6 } from "node:net";
import { AwsError } from "../../wire/aws-error.ts";
import type { ParameterVersion } from "./parameter-store.ts";

/**
 * The data types of PutParameter (model text of `DataType`) and what a value of each looks like.
 * The list and "validated when you create or update" are AWS's; the exact grammars are guesses, kept generous.
 */
const CHECKS: Readonly<Record<string, (value: string) => boolean>> = {
  text: () => true,
  // Validated later and elsewhere in AWS, so that even a wrong id is answered with success.
  "aws:ec2:image": () => true,
  "aws:ssm:integration": () => true,
  "aws:region": (value) => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value),
  "aws:account:id": (value) => /^\d{12}$/.test(value),
  boolean: (value) => /^(?:true|false)$/i.test(value),
  integer: (value) => /^[+-]?\d+$/.test(value),
  float: (value) => value.trim() !== "" && Number.isFinite(Number(value)),
  binary: (value) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
  hostname: (value) => /^(?=.{1,253}$)(?!-)[A-Za-z0-9-]{1,63}(?<!-)(?:\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*$/.test(value),
  email: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
  "ipv4-address": isIPv4,
  "ipv6-address": isIPv6,
  url: (value) => URL.canParse(value),
  json: isJson,
  // Comments are all that jsonc adds, and they may stand anywhere outside of texts.
  jsonc: (value) => isJson(value.replaceAll(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "$1")),
};

/** Types that a parameter can neither enter nor leave (user guide, "Parameter data types"). */
const FIXED = new Set(["aws:ec2:image", "aws:ssm:integration"]);

/** Return the data type when the value fits it; each item counts in a StringList. */
export function checkDataType(dataType: string, type: ParameterVersion["type"], value: string, before: string | undefined): string {
  const check = Object.hasOwn(CHECKS, dataType) ? CHECKS[dataType] : undefined;
  if (check === undefined) {
    throw new AwsError(
      "ValidationException",
      `The following data type is not supported: ${dataType} (Data type names are all lowercase. Supported data types: ${Object.keys(CHECKS).join(", ")})`,
    );
  }
  if (before !== undefined && before !== dataType && (FIXED.has(before) || FIXED.has(dataType))) {
    throw new AwsError("ValidationException", `The data type of this parameter can't be changed from ${before} to ${dataType}.`);
  }
  const items = type === "StringList" ? value.split(",") : [value];
  if (!items.every((item) => check(item)))
    throw new AwsError("ValidationException", `The parameter value doesn't match the data type ${dataType}.`);
  return dataType;
}

/** Source: the model's text of `Tier`, "options that require an advanced parameter". */
export const wantsAdvancedTier = (dataType: string): boolean => ["url", "json", "jsonc"].includes(dataType);

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
