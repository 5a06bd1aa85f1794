import { usageError } from "@sukima/core";

/** Where values come from. `shown` is how the user wrote it, for every message. */
export type Source = ParameterSource | ChildrenSource | SecretSource;

/** One parameter, with the selector of a version or label. `region` is the one of its ARN. */
export interface ParameterSource {
  readonly kind: "parameter";
  readonly name: string;
  readonly selector: string;
  readonly region: string | undefined;
  readonly shown: string;
}

/** The parameters below a path; only its own level unless `recursive`; at one label when given. */
export interface ChildrenSource {
  readonly kind: "children";
  /** Without a trailing slash, so `""` is the whole store. */
  readonly path: string;
  readonly recursive: boolean;
  readonly label: string | undefined;
  /** A rule wrote `/a/`, which Go sends as an exact name and we read as `/a/*`. */
  readonly impliedStar: boolean;
  readonly shown: string;
}

/** A secret of Secrets Manager, whole or one member of its JSON. */
export interface SecretSource {
  readonly kind: "secret";
  readonly id: string;
  readonly member: string | undefined;
  readonly stage: string | undefined;
  readonly versionId: string | undefined;
  readonly region: string | undefined;
  readonly shown: string;
}

const refuse = (shown: string, problem: string, hint?: string): Error =>
  usageError("BAD_PATH", `path ${JSON.stringify(shown)}: ${problem}`, hint);

const wholeStore = (shown: string): Error => refuse(shown, "this is the whole parameter store", "narrow it, or allow it with -allow-root");

/**
 * Read a path as rules and `-names` write it: `/a/b`, `name`, `/a:3`, `/a:label`, `/a/*`, `/a/**\/*`, `/a/` (as `/a/*`), an ARN of a parameter or a secret, `sm://id#member@stage`.
 * Throws a usage error that shows the path.
 */
export function parsePath(shown: string, allowRoot: boolean): Source {
  if (shown.startsWith("arn:")) return parseArn(shown);
  if (shown.startsWith("sm://")) return parseSecretReference(shown);
  const wildcard = /^(.*?)\/(\*\*\/\*|\*|)$/s.exec(shown);
  const path = wildcard?.[1] ?? shown;
  if (path.includes("*")) throw refuse(shown, "a star may stand only at the end", "use /path/* for one level or /path/**/* for all levels");
  if (wildcard !== null) return { ...children(path, wildcard[2] === "**/*", shown, allowRoot), impliedStar: wildcard[2] === "" };
  const [, name = "", selector = ""] = /^([^:]*)((?::[A-Za-z0-9_.-]+)?)$/s.exec(shown) ?? [];
  checkName(name, shown);
  return { kind: "parameter", name, selector, region: undefined, shown };
}

/** A path as v1's `-paths` writes it: everything below it, or its own level with `-no-recursive`. */
export function parseV1Path(shown: string, recursive: boolean, allowRoot: boolean): ChildrenSource {
  if (shown.includes("*")) throw refuse(shown, "-paths takes a plain path", `use a rule for a wildcard: -env 'path=${shown}'`);
  return children(shown.endsWith("/") ? shown.slice(0, -1) : shown, recursive, shown, allowRoot);
}

function children(path: string, recursive: boolean, shown: string, allowRoot: boolean): ChildrenSource {
  if (path === "" && !allowRoot) throw wholeStore(shown);
  if (path !== "") {
    if (!path.startsWith("/")) throw refuse(shown, "must begin with a slash");
    checkName(path, shown);
  }
  return { kind: "children", path, recursive, label: undefined, impliedStar: false, shown };
}

function checkName(name: string, shown: string): void {
  if (!/^[A-Za-z0-9_./-]+$/.test(name))
    throw refuse(shown, "a parameter name has letters, digits and .-_/ only (a selector follows a colon)");
  if (name.includes("//") || name.endsWith("/")) throw refuse(shown, "an empty level");
}

/** A region's name as it may become a part of a host's name: anything else would send signed requests elsewhere. */
export const isRegion = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

function parseArn(shown: string): Source {
  const [, , service, region = "", , ...rest] = shown.split(":");
  if (!isRegion(region)) throw refuse(shown, `${JSON.stringify(region)} is not a region`);
  if (service === "ssm" && rest[0]?.startsWith("parameter/")) {
    const selector = rest[1] === undefined ? "" : `:${rest[1]}`;
    const name = shown.slice(0, shown.length - selector.length);
    if (rest.length > 2 || name.includes("*")) throw refuse(shown, "not the ARN of one parameter");
    return { kind: "parameter", name, selector, region, shown };
  }
  if (service === "secretsmanager" && rest[0] === "secret" && rest[1]) {
    // The form of ECS task definitions: arn:...:secret:NAME-SUFFIX:member:stage:version, each of the last three may be empty.
    const [, name = "", member, stage, versionId] = rest;
    if (rest.length > 5) throw refuse(shown, "not the ARN of a secret");
    if (shown.includes("#")) return parseSecretReference(`sm://${shown}`, shown);
    const id = shown.split(":").slice(0, 6).concat(name).join(":");
    return { kind: "secret", id, member: member || undefined, stage: stage || undefined, versionId: versionId || undefined, region, shown };
  }
  throw refuse(shown, "not the ARN of a parameter or of a secret");
}

/** `sm://id`, `sm://id@stage`, `sm://id#member`, `sm://id#member@stage`. An id may hold an @ itself: what follows the last one is a stage only when it looks like one. */
function parseSecretReference(reference: string, shown = reference): SecretSource {
  const [, address = "", stage] = /^sm:\/\/(.*?)(?:@([A-Za-z0-9_-]+))?$/s.exec(reference) ?? [];
  const [, id = "", member] = /^([^#]+)(?:#(.+))?$/s.exec(address) ?? [];
  if (id === "") throw refuse(shown, "expected sm://id, sm://id#member, sm://id@stage or sm://id#member@stage");
  const region = id.startsWith("arn:") ? (id.split(":")[3] ?? "") : undefined;
  if (region !== undefined && !isRegion(region)) throw refuse(shown, `${JSON.stringify(region)} is not a region`);
  return { kind: "secret", id, member, stage, versionId: undefined, region, shown };
}
