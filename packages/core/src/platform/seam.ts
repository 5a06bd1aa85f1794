import type * as fs from "node:fs";
import type { Env } from "../context.ts";

/** One HTTP exchange with an AWS endpoint. The request's body is text. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Proxy URL, with its user information, or undefined for a direct connection whatever the environment says. */
  readonly proxy?: string | undefined;
  /** Certificates (PEM) to trust instead of the built-in ones. */
  readonly ca?: string | undefined;
  readonly signal: AbortSignal;
}

export interface HttpAnswer<Body extends string | Buffer = string> {
  readonly status: number;
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  readonly body: Body;
}

/** What replaces this process. */
export interface ExecRequest {
  /** Where the program may be: the first one that may be executed is it, and no later one is tried when the kernel refuses that. */
  readonly paths: readonly string[];
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Also hand on the caller's variables whose names are not UTF-8, which `env` cannot hold; where `execIsByteExact`. */
  readonly inheritOddNames?: boolean;
  /** Soft limit of open files that the program gets; undefined leaves what the runtime raised it to. */
  readonly openFiles?: number | undefined;
}

/** What a runtime must offer. `bun.ts` and `node.ts` implement it, and nothing else knows which of them is in use. */
export interface Platform {
  readonly runtime: "bun" | "node";
  sha256Hex(data: string): string;
  hmacSha256(key: string | Uint8Array, data: string): Uint8Array;
  hmacSha256Hex(key: Uint8Array, data: string): string;
  /** Rejects with the runtime's error when no complete answer arrives, with the signal's reason when that aborts. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The same for an answer that is wanted as bytes. */
  sendForBytes(request: HttpRequest): Promise<HttpAnswer<Buffer>>;
  /** Node's file system functions, loaded when they are first used: on Bun that costs a millisecond. What a usual start needs of them follows, at less. */
  readonly files: typeof fs;
  /** Whether a file is there. */
  exists(path: string): boolean;
  /** The text of a file. Throws what `files.readFileSync` does. */
  readText(path: string): string;
  /** Whether `execReplace` can work here at all. */
  readonly canExec: boolean;
  /** Whether a failing `execReplace` returns. Where it does not, the process aborts and cannot be saved: check everything first. */
  readonly execFailsSoftly: boolean;
  /** Whether bytes that are not UTF-8 in argv and environment, and descriptors above 2, reach the program as they are. */
  readonly execIsByteExact: boolean;
  /** Whether `openFiles` can be set. */
  readonly canLimitOpenFiles: boolean;
  /** The user's home, also when HOME is unset. */
  homeDirectory(): string;
  /** The variables of this process, as the caller gave them. */
  environment(): Env;
  /**
   * Let INT and TERM end this process from now on. What has arrived is still told to the listeners; on Node it would get lost, so there it is left to `execReplace`.
   * Not for process 1, which no signal reaches that has no handler.
   */
  releaseSignals(): void;
  /** Note which descriptors were inherited. Call it first thing, before any file or socket is opened. */
  rememberDescriptors(): void;
  /** Become another program. Returns only on failure, with the name of the system's error (`ENOENT`). */
  execReplace(request: ExecRequest): string;
}
