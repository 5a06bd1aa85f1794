import type { Command, Operand, Pipeline } from "./tree.ts";

const fields = (path: readonly string[]): string => path.map((name) => `.${name}`).join("");

/** The source form of a node, as error messages quote it. Blanks are normalised, literals are kept. */
export function callText(node: Operand | Command | Pipeline): string {
  switch (node.kind) {
    case "bool":
    case "string":
    case "number":
    case "overflow":
      return node.literal;
    case "nil":
      return "nil";
    case "dot":
      return ".";
    case "function":
      return node.name;
    case "field":
      return fields(node.path);
    case "variable":
      return node.name + fields(node.path);
    case "chain":
      return operandText(node.of) + fields(node.path);
    case "command":
      return node.operands.map(operandText).join(" ");
    case "pipeline": {
      const names = node.variables.length > 0 ? `${node.variables.join(", ")} ${node.isAssignment ? "=" : ":="} ` : "";
      return names + node.commands.map(callText).join(" | ");
    }
    default:
      return node satisfies never;
  }
}

const operandText = (node: Operand): string => (node.kind === "pipeline" ? `(${callText(node)})` : callText(node));
