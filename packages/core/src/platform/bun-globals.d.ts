// The few things of Bun that the platform seam uses. The whole of Bun's types would change the global ones that Node code is checked against.

declare namespace Bun {
  /** A C function: numbers are values and addresses, null is the address 0. */
  interface CFunction {
    readonly args: readonly ("int" | "u64" | "ptr")[];
    readonly returns: "int" | "i64_fast" | "ptr";
  }
  type CFunctions = Readonly<Record<string, CFunction>>;
  const FFI: {
    dlopen<const S extends CFunctions>(
      library: string,
      functions: S,
    ): {
      readonly symbols: { readonly [K in keyof S]: (...args: readonly number[]) => S[K]["returns"] extends "ptr" ? number | null : number };
    };
    ptr(memory: ArrayBufferView): number;
    readonly read: { i32(address: number, offset: number): number };
    CString(address: number): string;
  };
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
