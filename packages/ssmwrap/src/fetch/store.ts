import type { Secret } from "@sukima/core";
import type { ChildrenSource, ParameterSource, SecretSource } from "../rules/path.ts";

/** A value that AWS gave. `name` is what the user knows it by. */
export interface Fetched {
  readonly name: string;
  readonly value: Secret;
  readonly version: string;
}

/** Everything fetched. Wildcards are answered from it too, so a rule gets the same values whichever request brought them. */
export class Store {
  readonly #exact = new Map<string, Fetched>();
  readonly #listed = new Map<string | undefined, Map<string, Fetched>>();
  readonly #secrets = new Map<string, Fetched>();

  /** A parameter as GetParameters answers it: the key is its name, or its ARN when that was asked for, with the selector. */
  addParameter(key: string, value: Fetched): void {
    this.#exact.set(key, value);
  }

  /** A parameter as GetParametersByPath answers it. */
  addListed(label: string | undefined, value: Fetched): void {
    const group = this.#listed.get(label) ?? new Map<string, Fetched>();
    this.#listed.set(label, group.set(value.name, value));
  }

  addSecret(source: SecretSource, value: Fetched): void {
    this.#secrets.set(secretKey(source), value);
  }

  parameter({ name, selector }: ParameterSource): Fetched | undefined {
    return this.#exact.get(name + selector) ?? (selector === "" ? this.#listed.get(undefined)?.get(name) : undefined);
  }

  /** Parameters below a path, in ascending order of their names. */
  children({ path, recursive, label }: ChildrenSource): Fetched[] {
    const below = [...(this.#listed.get(label)?.values() ?? [])].filter(({ name }) => {
      const rest = name.startsWith(`${path}/`) ? name.slice(path.length + 1) : "";
      return rest !== "" && (recursive || !rest.includes("/"));
    });
    return below.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  secret(source: SecretSource): Fetched | undefined {
    return this.#secrets.get(secretKey(source));
  }
}

const secretKey = ({ id, stage, versionId }: SecretSource): string => JSON.stringify([id, stage, versionId]);
