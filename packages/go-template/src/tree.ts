interface At {
  /** UTF-16 offset of the node in the template. */
  readonly start: number;
  /** The source of the node as error messages quote it, blanks normalised. */
  readonly text: string;
}

/** A part of a command: a literal, a name, a field path or a pipeline in parentheses. */
export type Operand = At &
  (
    | { readonly kind: "literal"; readonly value: unknown; /** What is wrong with it at run time. */ readonly overflow?: string }
    | { readonly kind: "nil" | "dot" | "function" | "variable" }
    | { readonly kind: "path"; readonly of: Operand; readonly path: readonly string[] }
    | Pipeline
  );

/** Operands side by side: a function with arguments, or one value. Never empty. */
export interface Command extends At {
  readonly operands: readonly [Operand, ...Operand[]];
}

/** Commands joined by `|`, with the variables that receive the result. */
export interface Pipeline extends At {
  readonly kind: "pipeline";
  readonly variables: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export type BlockWord = "if" | "with" | "range";

/** A control structure: the `else if` and `else with` steps are further branches, a `range` has one. */
export interface Block extends At {
  readonly kind: BlockWord;
  readonly branches: readonly { readonly pipe: Pipeline; readonly body: readonly Node[] }[];
  readonly otherwise: readonly Node[];
}

/** A piece of a template, in the order of its text. */
export type Node = Pipeline | Block | (At & { readonly kind: "text" | "break" | "continue" });
