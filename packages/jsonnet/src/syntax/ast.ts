import type { Source } from "../source.ts";

/** Offsets into the source, `end` exclusive. */
export interface Node {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = ArithmeticOperator | ComparisonOperator | "in" | "&" | "^" | "|" | "&&" | "||";
export type ArithmeticOperator = "*" | "/" | "%" | "+" | "-" | "<<" | ">>";
export type ComparisonOperator = "<" | ">" | "<=" | ">=" | "==" | "!=";
export type UnaryOperator = "!" | "-" | "+" | "~";

export interface Bind {
  readonly name: string;
  readonly value: Expression;
  readonly node: Node;
}

export interface Parameter {
  readonly name: string;
  readonly fallback: Expression | undefined;
  readonly node: Node;
}

export interface NamedArgument {
  readonly name: string;
  readonly value: Expression;
}

export type Comprehension =
  | { readonly kind: "for"; readonly name: string; readonly list: Expression }
  | { readonly kind: "if"; readonly condition: Expression };

export interface Field extends Node {
  readonly kind: "field";
  /** A literal string for `name:` and `"name":`, any expression for the computed `[name]:`. */
  readonly name: Expression;
  readonly computed: boolean;
  readonly visibility: Visibility;
  /** `+:` */
  readonly inherits: boolean;
  readonly value: Expression;
}

/** How a field shows: like the one it overrides, never, or always. */
export type Visibility = "inherit" | "hidden" | "visible";

export interface ObjectLocal extends Node {
  readonly kind: "local";
  readonly bind: Bind;
}

export interface ObjectAssert extends Node {
  readonly kind: "assert";
  readonly condition: Expression;
  readonly message: Expression | undefined;
}

export type Member = Field | ObjectLocal | ObjectAssert;

export type Expression = Node &
  (
    | { readonly kind: "literal"; readonly value: null | boolean | number | string }
    | { readonly kind: "self" | "dollar" }
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "array"; readonly elements: readonly Expression[] }
    | { readonly kind: "array-comprehension"; readonly body: Expression; readonly steps: readonly Comprehension[] }
    | { readonly kind: "object"; readonly members: readonly Member[] }
    | {
        readonly kind: "object-comprehension";
        readonly field: Field;
        readonly locals: readonly Bind[];
        readonly steps: readonly Comprehension[];
      }
    | { readonly kind: "index"; readonly target: Expression; readonly index: Expression }
    | { readonly kind: "slice"; readonly target: Expression; readonly bounds: readonly (Expression | undefined)[] }
    | { readonly kind: "super-index"; readonly index: Expression }
    | { readonly kind: "in-super"; readonly name: Expression }
    | {
        readonly kind: "apply";
        readonly target: Expression;
        readonly positional: readonly Expression[];
        readonly named: readonly NamedArgument[];
        readonly tailstrict: boolean;
      }
    | { readonly kind: "local"; readonly binds: readonly Bind[]; readonly body: Expression }
    | { readonly kind: "if"; readonly condition: Expression; readonly consequence: Expression; readonly otherwise: Expression | undefined }
    | { readonly kind: "function"; readonly name: string | undefined; readonly parameters: readonly Parameter[]; readonly body: Expression }
    | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
    | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "error"; readonly message: Expression }
    | { readonly kind: "assert"; readonly condition: Expression; readonly message: Expression | undefined; readonly rest: Expression }
    | { readonly kind: "import" | "importstr" | "importbin"; readonly path: string }
  );

/** What {@link parse} returns: the expression a file is. */
export interface Program {
  readonly source: Source;
  readonly body: Expression;
}
