import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import { isBelow } from "./names.ts";
import type { Parameter, ParameterVersion } from "./parameter-store.ts";

/** `ParameterStringFilter` in the model. */
interface Filter {
  readonly Key: string;
  readonly Option?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** `ParameterStringFilterList` in the model. */
export const FILTERS: Bounds = {
  each: {
    members: {
      Key: { min: 1, max: 132, pattern: "tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType" },
      Option: { min: 1, max: 10 },
      Values: { min: 1, max: 50, each: { min: 1, max: 1024 } },
    },
  },
};

/** Which options each key takes in one action; `tag:` stands for every tag key. */
type FilterRules = Readonly<Record<string, readonly string[]>>;

/** Source: `ParameterStringFilter` and `ParameterFilters` in the model's texts of the two actions. */
export const BY_PATH: FilterRules = { Type: ["Equals", "BeginsWith"], KeyId: ["Equals", "BeginsWith"], Label: ["Equals"] };
export const DESCRIBE: FilterRules = {
  "tag:": ["Equals", "BeginsWith"],
  Name: ["Equals", "BeginsWith", "Contains"],
  Type: ["Equals", "BeginsWith"],
  KeyId: ["Equals", "BeginsWith"],
  Path: ["Recursive", "OneLevel"],
  Tier: ["Equals", "BeginsWith"],
  DataType: ["Equals", "BeginsWith"],
};

const CLOSED: Readonly<Record<string, readonly string[]>> = {
  Type: ["String", "StringList", "SecureString"],
  Tier: ["Standard", "Advanced", "Intelligent-Tiering"],
};

/**
 * Refuse filters that the action does not take, with the model's InvalidFilterKey, InvalidFilterOption and InvalidFilterValue.
 * The sentences follow what the service is reported to say; that a repeated key and a missing value are refused this way is a guess.
 */
export function checkFilters(filters: readonly Filter[], rules: FilterRules): void {
  const seen = new Set<string>();
  for (const { Key: key, Option: option, Values: values } of filters) {
    const options = rules[key.startsWith("tag:") ? "tag:" : key];
    if (options === undefined) {
      throw new AwsError(
        "InvalidFilterKey",
        `The following filter key is not valid: ${key}. Valid filter keys include: [${Object.keys(rules).join(", ")}].`,
      );
    }
    if (seen.has(key)) {
      throw new AwsError(
        "InvalidFilterKey",
        `The following filter is duplicated in the request: ${key}. A request can contain only one occurrence of a specific filter.`,
      );
    }
    seen.add(key);
    if (option !== undefined && !options.includes(option)) {
      throw new AwsError(
        "InvalidFilterOption",
        `The following filter option is not valid: ${option}. Valid options include: [${options.join(", ")}].`,
      );
    }
    // A tag filter without values means "has the tag".
    if (values === undefined && !key.startsWith("tag:")) {
      throw new AwsError("InvalidFilterValue", `The following filter values are missing : null for filter key ${key}.`);
    }
    const closed = CLOSED[key];
    const wrong = values?.find((value) => closed !== undefined && !closed.some((known) => matchText(option, known, value)));
    if (wrong !== undefined)
      throw new AwsError("InvalidFilterValue", `The following filter value is not valid: ${wrong} for filter key ${key}.`);
    const badPath = key === "Path" ? values?.find((value) => !value.startsWith("/")) : undefined;
    if (badPath !== undefined)
      throw new AwsError("InvalidFilterValue", `The following filter value is not valid: ${badPath}. A path begins with a forward slash.`);
  }
}

/** The labels asked for, or undefined when no filter mentions them. */
export const labelsOf = (filters: readonly Filter[]): readonly string[] | undefined => filters.find(({ Key }) => Key === "Label")?.Values;

/** True when a parameter's version has one of the filter's values; filters are combined by AND, values by OR. */
export function passes({ Key: key, Option: option, Values: values }: Filter, parameter: Parameter, version: ParameterVersion): boolean {
  if (key === "Label") return values?.some((value) => version.labels.has(value)) ?? true;
  if (key === "Path") return values?.some((value) => isBelow(parameter.name, value, option === "Recursive")) ?? true;
  const actual = valueOf(key, parameter, version);
  if (actual === undefined) return false;
  return values?.some((value) => matchText(option, actual, value)) ?? true;
}

function valueOf(key: string, parameter: Parameter, version: ParameterVersion): string | undefined {
  if (key.startsWith("tag:")) return parameter.tags.get(key.slice("tag:".length));
  if (key === "Name") return parameter.name;
  if (key === "Type") return version.type;
  if (key === "KeyId") return version.keyId;
  return key === "Tier" ? version.tier : version.dataType;
}

function matchText(option: string | undefined, actual: string, wanted: string): boolean {
  if (option === "BeginsWith") return actual.startsWith(wanted);
  return option === "Contains" ? actual.includes(wanted) : actual === wanted;
}
