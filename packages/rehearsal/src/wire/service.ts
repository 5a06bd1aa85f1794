import type { NormalizedSchema, TypeRegistry } from "@smithy/core/schema";
import type { FaultKind } from "../fault/fault.ts";
import type { Bounds } from "./bounds.ts";
import type { Call } from "./call.ts";

/** One API action: its shapes from the SDK's model, what the SDK leaves out of the model (bounds), and its behaviour. */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Limits of the input's members, by member name. */
  readonly bounds: Readonly<Record<string, Bounds>>;
  /** True for the few actions that take no signature. */
  readonly isUnsigned: boolean;
  /** Whether a kind of fault makes sense for the action: empty pages, expired iterators and partial failures are not for all. */
  plays(kind: FaultKind): boolean;
  /** What the action does; it returns the output's members or throws an AwsError. */
  run(input: unknown, call: Call): unknown;
}

/** How a service speaks: what names the action in a request. */
type Speech =
  | { readonly protocol: "json"; readonly version: "1.0" | "1.1"; readonly targetPrefix: string }
  | { readonly protocol: "query"; readonly version: string; readonly xmlNamespace: string };

export interface Service {
  /** The name in IAM actions and in the credential scope, such as `ssm`. */
  readonly name: string;
  readonly speech: Speech;
  readonly operations: ReadonlyMap<string, Operation>;
  /** The exceptions of the service model, where an error's fault and message member are looked up. */
  readonly exceptions: readonly TypeRegistry[];
  /** The exception that an injected throttle of an action is; ThrottlingException when absent. */
  throttleCode?(operation: string): string;
  /** Services that once spoke the query protocol also send `x-amzn-query-error`. */
  readonly isQueryCompatible?: boolean;
  /** Some answer with an `x-amz-id-2` as well, the extended request id of the SDKs. */
  readonly hasExtendedRequestId?: boolean;
}
