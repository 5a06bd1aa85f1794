import type { Command, Operand, Pipeline } from "./tree.ts";

const maxNesting = 8;

const fields = (path: readonly string[]): string => path.map((name) => `.${name}`).join("");

/** The source form of a node, as error messages quote it. Blanks are normalised, literals are kept, what nests deeper than 8 is left out. */
export function callText(node: Operand | Command | Pipeline, nesting = 0): string {
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
      return operandText(node.of, nesting) + fields(node.path);
    case "command":
      return node.operands.map((operand) => operandText(operand, nesting)).join(" ");
    case "pipeline": {
      const names = node.variables.length > 0 ? `${node.variables.join(", ")} ${node.isAssignment ? "=" : ":="} ` : "";
      return names + node.commands.map((command) => callText(command, nesting)).join(" | ");
    }
    default:
      return node satisfies never;
  }
}

function operandText(node: Operand, nesting: number): string {
  if (node.kind !== "pipeline") return callText(node, nesting);
  return nesting < maxNesting ? `(${callText(node, nesting + 1)})` : "(...)";
}
