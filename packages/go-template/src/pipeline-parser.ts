import { rejoin } from "./byte-text.ts";
import { suggest } from "./did-you-mean.ts";
import { maxDepth } from "./limits.ts";
import { readNumber } from "./number-literal.ts";
import { quoteGo } from "./quoting.ts";
import { readRune, unescape } from "./string-literal.ts";
import type { TokenReader } from "./token-reader.ts";
import type { Token } from "./token.ts";
import type { Command, Operand, Pipeline } from "./tree.ts";

/** A name found in a template: a function, or a path from the data such as `json.user`. */
export interface Name {
  readonly name: string;
  /** The call or field as written. */
  readonly call: string;
  readonly start: number;
}

/** What is known where the parser stands. The parser of blocks sets it back at the end of a block. */
export interface Scope {
  /** Variables, innermost last. */
  readonly variables: string[];
  /** Whether `.` is the data. */
  isRoot: boolean;
  readonly functions: Name[];
  readonly fields: Name[];
}

/** Quoting more than this of a nested call helps nobody, and would take space for each level of nesting. */
const maxQuoted = 1000;

const isOperand = ({ kind }: Token): boolean => /^(?:bool|rune|dot|field|identifier|number|nil|string|variable|\()$/.test(kind);
const isConstant = ({ kind }: Operand): boolean => /^(?:literal|nil|dot)$/.test(kind);
const textOfAll = (nodes: readonly { readonly text: string }[], separator: string): string => nodes.map(({ text }) => text).join(separator);

/** Reads what stands between the delimiters, without the control word. */
export type PipelineParser = (context: string, end: ")" | "}}") => Pipeline;

/** The parser's `context` names the place in error texts; it reads up to and with `end`. */
export function createPipelineParser({ peek, next, fail, unexpected }: TokenReader, scope: Scope): PipelineParser {
  const { variables: visible, functions, fields } = scope;
  let parens = 0;

  function parsePipeline(context: string, end: ")" | "}}"): Pipeline {
    const { start } = peek();
    const variables: string[] = [];
    let mark = "";
    while (mark !== "=" && mark !== ":=" && peek().kind === "variable" && /^(?:,|:?=)$/.test(peek(1).kind)) {
      variables.push(next().text);
      visible.push(...variables.slice(-1));
      const token = next();
      mark = token.kind;
      if (mark !== ",") continue;
      if (context !== "range" || variables.length > 1) fail(`too many declarations in ${context}`, token.start);
      if (!/^(?:variable|\}\}|\))$/.test(peek().kind)) fail("range can only initialize variables", peek().start);
    }
    const commands: Command[] = [];
    while (peek().kind !== end) {
      if (!isOperand(peek())) unexpected(context);
      const command = parseCommand();
      if (commands.push(command) > 1 && isConstant(command.operands[0])) {
        fail(`non executable command in pipeline stage ${commands.length}`, command.start);
      }
    }
    const token = next();
    if (commands.length === 0) fail(`missing value for ${context}`, token.start);
    const text = (mark && `${variables.join(", ")} ${mark} `) + textOfAll(commands, " | ");
    return { kind: "pipeline", start, text, variables, isAssignment: mark === "=", commands };
  }

  function parseCommand(): Command {
    const { start } = peek();
    const use = functions.length;
    const first = parseOperand();
    const operands: [Operand, ...Operand[]] = [first];
    while (peek().isSpaced && isOperand(peek())) operands.push(parseOperand());
    if (peek().kind === "|") next();
    else if (!/^(?:\}\}|\))$/.test(peek().kind)) unexpected("operand");
    const text = textOfAll(operands, " ");
    if (first.kind === "function") functions[use] = { name: first.text, call: text, start };
    return { start, text, operands };
  }

  function parseOperand(): Operand {
    const token = peek();
    const { start } = token;
    const isField = token.kind === "field";
    const of: Operand = isField ? { kind: "dot", start, text: "" } : parseTerm(next());
    const path: string[] = [];
    while (peek().kind === "field" && (peek() === token || !peek().isSpaced)) path.push(next().text.slice(1));
    if (path.length === 0) return of;
    if (!isField && isConstant(of)) fail(`unexpected . after term ${quoteGo(of.text)}`, start);
    const name = path.join(".");
    const text = `${of.text}.${name}`;
    if (isField ? scope.isRoot : of.text === "$") fields.push({ name, call: text, start });
    return { kind: "path", start, text, of, path };
  }

  function parseTerm({ kind, start, text }: Token): Operand {
    const literal = (value: unknown): Operand => ({ kind: "literal", start, text, value });
    const body = text.slice(1, -1);
    switch (kind) {
      case "identifier":
        functions.push({ name: text, call: text, start });
        return { kind: "function", start, text };
      case "variable":
        if (!visible.includes(text)) fail(`undefined variable ${quoteGo(text)}`, start, suggest(text, visible));
        return { kind, start, text };
      case "bool":
        return literal(text === "true");
      case "string":
        // Carriage returns are dropped from raw strings, so that line endings of the file do not matter.
        if (text.startsWith("`")) return literal(body.replaceAll("\r", ""));
        return literal(rejoin(unescape(body, '"') ?? fail("invalid syntax", start)));
      case "rune": {
        const value = readRune(text);
        return typeof value === "string" ? fail(value, start) : literal(value);
      }
      case "number": {
        const number = readNumber(text);
        if ("problem" in number) fail(number.problem, start);
        return { kind: "literal", start, text, value: undefined, ...number };
      }
      case "(": {
        if (++parens > maxDepth) fail("max expression depth exceeded", start);
        const inner = parsePipeline("parenthesized pipeline", ")");
        parens--;
        return { ...inner, start, text: `(${inner.text.length > maxQuoted ? "..." : inner.text})` };
      }
      default:
        return { kind: kind === "nil" ? kind : "dot", start, text };
    }
  }

  return parsePipeline;
}
