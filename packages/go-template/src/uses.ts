import { callText } from "./call-text.ts";
import { locator } from "./position.ts";
import type { Position, Source } from "./position.ts";
import type { Command, Node, Operand, Pipeline } from "./tree.ts";

/** A place where a template names something of its surroundings. */
export interface Use extends Position {
  /** The function's name, or the field path from the data: `json.user` for `{{.json.user}}`. */
  readonly name: string;
  /** The call or field as written. */
  readonly call: string;
  readonly start: number;
}

/** What a template needs: the functions it calls and the fields of the data it reads, in the order of the text. */
export interface Uses {
  readonly functions: readonly Use[];
  /** Fields of the data only: inside `with` and `range` a `.x` belongs to another value and is left out, `$.x` is not. */
  readonly fields: readonly Use[];
}

/** Collect what the nodes use. */
export function collectUses(source: Source, nodes: readonly Node[]): Uses {
  const collector = new Collector(source);
  collector.visitAll(nodes, true);
  return collector;
}

class Collector implements Uses {
  readonly functions: Use[] = [];
  readonly fields: Use[] = [];
  readonly #locate: (offset: number) => Position;

  constructor(source: Source) {
    this.#locate = locator(source.text);
  }

  /** `isRoot`: whether `.` is the data here. */
  visitAll(nodes: readonly Node[], isRoot: boolean): void {
    for (const node of nodes) this.#visit(node, isRoot);
  }

  #visit(node: Node, isRoot: boolean): void {
    switch (node.kind) {
      case "action":
        return this.#visitPipeline(node.pipeline, isRoot);
      case "if":
      case "with":
        for (const { condition, body } of node.branches) {
          this.#visitPipeline(condition, isRoot);
          this.visitAll(body, isRoot && node.kind === "if");
        }
        return this.visitAll(node.otherwise, isRoot);
      case "range":
        this.#visitPipeline(node.over, isRoot);
        this.visitAll(node.body, false);
        return this.visitAll(node.otherwise, isRoot);
      default:
        return undefined;
    }
  }

  #visitPipeline(pipeline: Pipeline, isRoot: boolean): void {
    for (const command of pipeline.commands) {
      for (const operand of command.operands) this.#visitOperand(operand, command, isRoot);
    }
  }

  #visitOperand(operand: Operand, command: Command, isRoot: boolean): void {
    if (operand.kind === "pipeline") return this.#visitPipeline(operand, isRoot);
    if (operand.kind === "chain") return this.#visitOperand(operand.of, command, isRoot);
    if (operand.kind === "function") this.functions.push(this.#use(operand.name, callText(command), operand.start));
    const isField = operand.kind === "field" ? isRoot : operand.kind === "variable" && operand.name === "$" && operand.path.length > 0;
    if (isField && "path" in operand) this.fields.push(this.#use(operand.path.join("."), callText(operand), operand.start));
    return undefined;
  }

  #use(name: string, call: string, start: number): Use {
    return { name, call, start, ...this.#locate(start) };
  }
}
