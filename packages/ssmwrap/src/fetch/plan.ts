import type { ChildrenSource, ParameterSource, SecretSource, Source } from "../rules/path.ts";

/** One sequence of requests: the pages of a path, one batch of names, or secrets. */
export type Fetch =
  | { readonly kind: "path"; readonly region: string | undefined; readonly source: ChildrenSource }
  | { readonly kind: "names"; readonly region: string | undefined; readonly sources: readonly ParameterSource[] }
  | { readonly kind: "secrets"; readonly region: string | undefined; readonly sources: readonly SecretSource[] };

/** GetParameters takes ten names (API reference). */
const namesACall = 10;

/** Whether one wildcard gives everything that another gives. */
function coversChildren(wide: ChildrenSource, narrow: ChildrenSource): boolean {
  if (wide.label !== narrow.label) return false;
  if (wide.path === narrow.path) return wide.recursive || !narrow.recursive;
  return wide.recursive && narrow.path.startsWith(`${wide.path}/`);
}

/** Whether a wildcard gives a parameter that a rule also names: same region, no selector, no label. */
function coversParameter(wide: ChildrenSource, { name, selector, region }: ParameterSource): boolean {
  if (wide.label !== undefined || selector !== "" || region !== undefined || !name.startsWith(`${wide.path}/`)) return false;
  return wide.recursive || !name.slice(wide.path.length + 1).includes("/");
}

const distinct = <T>(items: readonly T[], key: (item: T) => string): T[] => [...new Map(items.map((item) => [key(item), item])).values()];

const ofKind = <K extends Source["kind"]>(sources: readonly Source[], kind: K): Extract<Source, { kind: K }>[] =>
  sources.filter((source): source is Extract<Source, { kind: K }> => source.kind === kind);

function byRegion<T extends { readonly region: string | undefined }>(sources: readonly T[]): Map<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const source of sources) groups.set(source.region, [...(groups.get(source.region) ?? []), source]);
  return groups;
}

function batches<T>(items: readonly T[], size: number): T[][] {
  const all: T[][] = [];
  for (let at = 0; at < items.length; at += size) all.push(items.slice(at, at + size));
  return all;
}

/**
 * The fewest requests that give every source: what a wider wildcard gives is not asked for again, names are asked once, ten a call, grouped by the region of their ARN.
 * `homeRegion` is where names without an ARN live.
 */
export function planFetches(sources: readonly Source[], homeRegion: string | undefined): Fetch[] {
  const [first] = sources;
  // The usual start asks for one path.
  if (first?.kind === "children" && sources.length === 1) return [{ kind: "path", region: undefined, source: first }];
  const atHome = <T extends { readonly region: string | undefined }>(source: T): T =>
    source.region === homeRegion ? { ...source, region: undefined } : source;
  const wildcards = distinct(ofKind(sources, "children"), ({ path, recursive, label }) => JSON.stringify([path, recursive, label]));
  const widest = wildcards.filter((narrow) => !wildcards.some((wide) => wide !== narrow && coversChildren(wide, narrow)));
  const names = distinct(ofKind(sources, "parameter").map(atHome), ({ region, name, selector }) =>
    JSON.stringify([region, name + selector]),
  );
  const uncovered = names.filter((parameter) => !widest.some((wide) => coversParameter(wide, parameter)));
  const secrets = distinct(ofKind(sources, "secret").map(atHome), ({ region, id, stage, versionId }) =>
    JSON.stringify([region, id, stage, versionId]),
  );
  return [
    ...widest.map((source) => ({ kind: "path", region: undefined, source }) as const),
    ...[...byRegion(uncovered)].flatMap(([region, group]) =>
      batches(group, namesACall).map((some) => ({ kind: "names", region, sources: some }) as const),
    ),
    ...[...byRegion(secrets)].map(([region, group]) => ({ kind: "secrets", region, sources: group }) as const),
  ];
}
