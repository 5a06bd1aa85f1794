import { NormalizedSchema } from "@smithy/core/schema";
import type { Bounds } from "./bounds.ts";
import type { Call } from "./call.ts";
import type { Decoded } from "./decoded.ts";
import type { Operation } from "./service.ts";

type SchemaReference = Parameters<typeof NormalizedSchema.of>[0];

/** The form in which the SDK's packages export an operation: `[kind, namespace, name, traits, input, output]`. */
export type OperationSchema = readonly [number, string, string, unknown, SchemaReference, SchemaReference];

/** What a service's action file says beyond the SDK's model. */
export interface Action<Input, Output> {
  /** Limits that the SDK's schema does not carry. Name every member that has one. */
  readonly bounds: { readonly [Member in keyof Input]?: Bounds };
  readonly isUnsigned?: boolean;
  /** True when the answers are pages. */
  readonly isPaged?: boolean;
  /** True when the input names a place to go on from that grows old. */
  readonly hasIterator?: boolean;
  /** True when entries of the input can fail alone. */
  readonly isBatch?: boolean;
  run(input: Decoded<Input>, call: Call): Output | Promise<Output>;
}

/** Join an action's behaviour with the SDK's schema of it. */
export function defineOperation<Input, Output>(schema: OperationSchema, action: Action<Input, Output>): Operation {
  return {
    name: schema[2],
    input: NormalizedSchema.of(schema[4]),
    output: NormalizedSchema.of(schema[5]),
    bounds: Object.fromEntries(
      Object.entries<Bounds | undefined>(action.bounds).filter((entry): entry is [string, Bounds] => entry[1] !== undefined),
    ),
    isUnsigned: action.isUnsigned ?? false,
    plays(kind) {
      if (kind === "empty-page") return action.isPaged ?? false;
      if (kind === "expired-iterator") return action.hasIterator ?? false;
      return kind !== "partial" || (action.isBatch ?? false);
    },
    // The wire layer decoded the input by the very schema that `Input` is generated from, so the cast follows a check.
    run: (input, call) => action.run(input as Decoded<Input>, call),
  };
}

/** Index operations by name, as services hold them. */
export function byName(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map((operation) => [operation.name, operation]));
}
