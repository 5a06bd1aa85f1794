import type { Complex } from "./go-value.ts";

interface At {
  /** UTF-16 offset of the node in the template. */
  readonly start: number;
}

/** A part of a command: a literal, a name, a field chain or a pipeline in parentheses. */
export type Operand = At &
  (
    | { readonly kind: "bool"; readonly value: boolean; readonly literal: string }
    | { readonly kind: "string"; readonly value: string; readonly literal: string }
    | { readonly kind: "number"; readonly value: bigint | number | Complex; readonly literal: string }
    | { readonly kind: "overflow"; readonly problem: string; readonly literal: string }
    | { readonly kind: "nil" }
    | { readonly kind: "dot" }
    | { readonly kind: "function"; readonly name: string }
    | { readonly kind: "field"; readonly path: readonly string[] }
    | { readonly kind: "variable"; readonly name: string; readonly path: readonly string[] }
    | { readonly kind: "chain"; readonly of: Operand | Pipeline; readonly path: readonly string[] }
    | Pipeline
  );

/** Operands side by side: a function with arguments, or one value. Never empty. */
export interface Command extends At {
  readonly kind: "command";
  readonly operands: readonly [Operand, ...Operand[]];
}

/** An operand that ends in a field path, or may. */
export type Path = Extract<Operand, { readonly path: readonly string[] }>;

/** Commands joined by `|`, with the variables that receive the result. */
export interface Pipeline extends At {
  readonly kind: "pipeline";
  readonly variables: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

/** An `if` or `with`: the `else if` and `else with` steps are further branches. */
export interface Branch {
  readonly condition: Pipeline;
  readonly body: readonly Node[];
}

/** A piece of a template, in the order of its text. */
export type Node = At &
  (
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "action"; readonly pipeline: Pipeline }
    | { readonly kind: "if" | "with"; readonly branches: readonly Branch[]; readonly otherwise: readonly Node[] }
    | { readonly kind: "range"; readonly over: Pipeline; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
    | { readonly kind: "break" | "continue" }
  );
