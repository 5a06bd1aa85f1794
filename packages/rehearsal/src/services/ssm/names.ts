import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";

/** `PSParameterName` in the model. */
export const NAME: Bounds = { min: 1, max: 2048 };

/** `PSParameterName` lists of GetParameters and DeleteParameters: ten names a call. */
export const NAMES: Bounds = { min: 1, max: 10, each: NAME };

/** What the service says to a name it cannot read (seen in boto/boto3 issue 1499 and many others). */
const NAME_RULE =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

/** What it says to a path (seen in aws/aws-sdk-js-v3 issue 5928). */
const PATH_RULE =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

const invalid = (message: string): never => {
  throw new AwsError("ValidationException", message);
};

/** A name as the service understands it: spaces at both ends are dropped (model text of every action), everything else must fit the rules. */
export function readName(sent: string): string {
  const name = sent.trim();
  return /^(?:[\w.-]+|(?:\/[\w.-]+)+)$/.test(name) ? name : invalid(NAME_RULE);
}

/** The rules for a new parameter's name. Source: PutParameter's `Name` in the model, and the user guide's page on name constraints. */
export function readNewName(sent: string, arnOf: (name: string) => string): string {
  // Only when it writes does the service say so (seen in hashicorp/terraform-provider-aws issue 7251).
  if (/^[^/]+\//.test(sent.trim())) return invalid("Parameter name must be a fully qualified name.");
  const name = readName(sent);
  const isPath = name.lastIndexOf("/") > 0;
  const first = name.replace(/^\//, "").toLowerCase();
  if (isPath && first.startsWith("aws")) throw new AwsError("AccessDeniedException", `No access to reserved parameter name: ${name}.`);
  if (isPath && first.startsWith("ssm")) return invalid(NAME_RULE);
  if (/^(?:aws|ssm)/.test(first)) return invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  const levels = name.split("/").filter((level) => level !== "").length;
  if (levels > 15) {
    throw new AwsError(
      "HierarchyLevelLimitExceededException",
      "A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.",
    );
  }
  // The model's 2048 counts room for AWS's own use; the 1011 that callers may use include the ARN's front part.
  const { length } = arnOf(name);
  return length > 1011
    ? invalid(`Parameter name: the fully qualified name, ARN included, has ${length} characters; the maximum is 1011.`)
    : name;
}

/** True when a name lies below a path, on the next level only unless `isRecursive`. Guess: names without a slash lie below the path `/`. */
export function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const full = name.startsWith("/") ? name : `/${name}`;
  const front = path.endsWith("/") ? path : `${path}/`;
  return full.startsWith(front) && (isRecursive || !full.slice(front.length).includes("/"));
}

/** A path of GetParametersByPath, with its closing slash. */
export function readPath(sent: string): string {
  const path = sent.trim();
  if (path === "/") return path;
  if (!/^(?:\/[\w.-]+)+\/?$/.test(path) || /^\/ssm/i.test(path)) return invalid(PATH_RULE);
  if (path.split("/").filter((level) => level !== "").length > 15) return invalid("A hierarchy can have a maximum of 15 levels.");
  return path.endsWith("/") ? path : `${path}/`;
}
