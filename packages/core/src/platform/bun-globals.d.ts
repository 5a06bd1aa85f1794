// The few things of Bun that the platform seam uses. The whole of Bun's types would change the global ones that Node code is checked against.

declare module "bun:ffi" {
  type Returns<T> = T extends { readonly returns: "int" | "i64_fast" }
    ? number
    : T extends { readonly returns: "ptr" }
      ? number | null
      : unknown;
  type Symbols = Readonly<Record<string, { readonly args: readonly string[]; readonly returns: string }>>;
  export function dlopen<const S extends Symbols>(
    name: string,
    symbols: S,
  ): { readonly symbols: { readonly [K in keyof S]: (...args: readonly number[]) => Returns<S[K]> } };
  export class CString extends String {
    constructor(pointer: number);
  }
  export function ptr(memory: ArrayBufferView): number;
  export const read: { i32(pointer: number, offset: number): number };
}

declare namespace Bun {
  class CryptoHasher {
    constructor(algorithm: "sha256", key?: string | Uint8Array);
    update(data: string): this;
    digest(into: Uint8Array): Uint8Array;
    digest(encoding: "hex"): string;
  }
}

interface ImportMeta {
  // oxlint-disable-next-line typescript/consistent-type-imports -- a file of global declarations must not import
  require(name: "node:fs"): typeof import("node:fs");
}

interface RequestInit {
  proxy?: string | false;
  tls?: { ca?: string; rejectUnauthorized: boolean };
}
