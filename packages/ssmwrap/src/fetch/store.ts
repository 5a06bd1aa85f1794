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

  /** What GetParameters answered for a source. */
  addParameter({ name, selector }: ParameterSource, value: Fetched): void {
    this.#exact.set(name + selector, value);
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
    const below: Fetched[] = [];
    for (const [name, one] of this.#listed.get(label) ?? []) {
      // Below the whole store there are also names without a slash.
      const isAtRoot = path === "" && !name.startsWith("/");
      const rest = isAtRoot ? name : name.startsWith(`${path}/`) ? name.slice(path.length + 1) : "";
      if (rest !== "" && (recursive || !rest.includes("/"))) below.push(one);
    }
    return below.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  secret(source: SecretSource): Fetched | undefined {
    return this.#secrets.get(secretKey(source));
  }
}

const secretKey = ({ id, stage, versionId }: SecretSource): string => JSON.stringify([id, stage, versionId]);
