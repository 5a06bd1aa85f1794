import { suggest } from "./did-you-mean.ts";
import { maxDepth } from "./limits.ts";
import { readComplex, readNumber } from "./number-literal.ts";
import { quoteGo } from "./quoting.ts";
import { unquoteRune, unquoteString } from "./string-literal.ts";
import type { TokenReader } from "./token-reader.ts";
import type { Token, TokenKind } from "./token.ts";
import type { Command, Operand, Pipeline } from "./tree.ts";

const operandKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "bool",
  "rune",
  "complex",
  "dot",
  "field",
  "identifier",
  "number",
  "nil",
  "raw string",
  "string",
  "variable",
  "(",
]);
const literalKinds: ReadonlySet<string> = new Set(["bool", "dot", "nil", "number", "overflow", "string"]);

/** Reads what stands between the delimiters, without the control word. */
export class PipelineParser {
  readonly #tokens: TokenReader;
  #parens = 0;
  /** Variables in scope, innermost last. The block parser cuts it back at the end of a block. */
  readonly variables: string[] = ["$"];

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  /** Read up to and with `end`; `context` names the place in error texts. */
  parse(context: string, end: ")" | "}}"): Pipeline {
    const tokens = this.#tokens;
    const { start } = tokens.peekNonSpace();
    const declared = this.#parseDeclaration(context);
    const commands: Command[] = [];
    for (;;) {
      const token = tokens.peekNonSpace();
      if (token.kind === end) break;
      if (!operandKinds.has(token.kind)) tokens.unexpected(token, context);
      commands.push(this.#parseCommand());
    }
    const { start: endStart } = tokens.next();
    if (commands.length === 0) tokens.fail(`missing value for ${context}`, endStart);
    const dead = commands.findIndex((command, stage) => stage > 0 && literalKinds.has(command.operands[0].kind));
    if (dead > 0) tokens.fail(`non executable command in pipeline stage ${dead + 1}`, commands[dead]?.start ?? start);
    return { kind: "pipeline", start, ...declared, commands };
  }

  /** `$x :=`, `$x =`, and in a range `$i, $x :=`. A variable that is an argument is given back. */
  #parseDeclaration(context: string): Pick<Pipeline, "variables" | "isAssignment"> {
    const tokens = this.#tokens;
    const names: string[] = [];
    for (;;) {
      const mark = tokens.mark();
      const variable = tokens.peekNonSpace();
      if (variable.kind !== "variable") return { variables: names, isAssignment: false };
      tokens.next();
      const after = tokens.peekNonSpace();
      const isComma = after.kind === "char" && after.text === ",";
      if (after.kind !== "=" && after.kind !== ":=" && !isComma) {
        tokens.rewind(mark);
        return { variables: names, isAssignment: false };
      }
      tokens.next();
      names.push(variable.text);
      this.variables.push(variable.text);
      if (!isComma) return { variables: names, isAssignment: after.kind === "=" };
      if (context !== "range" || names.length > 1) tokens.fail(`too many declarations in ${context}`, after.start);
      const next = tokens.peekNonSpace();
      if (next.kind !== "variable" && next.kind !== "}}" && next.kind !== ")") {
        tokens.fail("range can only initialize variables", next.start);
      }
    }
  }

  #parseCommand(): Command {
    const tokens = this.#tokens;
    const { start } = tokens.peekNonSpace();
    const operands: Operand[] = [];
    for (;;) {
      const operand = operandKinds.has(tokens.peekNonSpace().kind) ? this.#parseOperand() : undefined;
      if (operand !== undefined) operands.push(operand);
      const token = tokens.peek();
      if (token.kind === "}}" || token.kind === ")") break;
      tokens.next();
      if (token.kind === "|") break;
      if (token.kind !== "space") tokens.unexpected(token, "operand");
    }
    const [first, ...rest] = operands;
    if (first === undefined) return tokens.fail("empty command", start);
    return { kind: "command", start, operands: [first, ...rest] };
  }

  #parseOperand(): Operand {
    const term = this.#parseTerm();
    const path: string[] = [];
    const { start } = this.#tokens.peek();
    while (this.#tokens.peek().kind === "field") path.push(this.#tokens.next().text.slice(1));
    if (path.length === 0) return term;
    if (literalKinds.has(term.kind)) {
      const literal = term.kind === "dot" ? "." : this.#tokens.source.text.slice(term.start, start);
      this.#tokens.fail(`unexpected . after term ${quoteGo(literal)}`, start);
    }
    if (term.kind === "field" || term.kind === "variable") return { ...term, path: [...term.path, ...path] };
    return { kind: "chain", start, of: term, path };
  }

  #parseTerm(): Operand {
    const token = this.#tokens.next();
    const { start, text } = token;
    switch (token.kind) {
      case "identifier":
        return { kind: "function", start, name: text };
      case "dot":
      case "nil":
        return { kind: token.kind, start };
      case "variable":
        if (!this.variables.includes(text)) {
          this.#tokens.fail(`undefined variable ${quoteGo(text)}`, start, suggest(text, this.variables));
        }
        return { kind: "variable", start, name: text, path: [] };
      case "field":
        return { kind: "field", start, path: [text.slice(1)] };
      case "bool":
        return { kind: "bool", start, value: text === "true", literal: text };
      case "string":
      case "raw string":
        return { kind: "string", start, value: unquoteString(text) ?? this.#tokens.fail("invalid syntax", start), literal: text };
      case "(":
        return this.#parseParenthesis(start);
      default:
        return this.#parseNumber(token);
    }
  }

  #parseParenthesis(start: number): Pipeline {
    if (this.#parens >= maxDepth) this.#tokens.fail("max expression depth exceeded", start);
    this.#parens++;
    const pipeline = this.parse("parenthesized pipeline", ")");
    this.#parens--;
    return pipeline;
  }

  #parseNumber({ kind, start, text }: Token): Operand {
    if (kind === "rune") {
      const value = unquoteRune(text);
      return typeof value === "string" ? this.#tokens.fail(value, start) : { kind: "number", start, value, literal: text };
    }
    if (kind === "complex") {
      const value = readComplex(text) ?? this.#tokens.fail(`illegal number syntax: ${quoteGo(text)}`, start);
      return { kind: "number", start, value, literal: text };
    }
    const number = readNumber(text);
    if ("problem" in number) return this.#tokens.fail(number.problem, start);
    if ("overflow" in number) return { kind: "overflow", start, problem: number.overflow, literal: text };
    return { kind: "number", start, value: number.value, literal: text };
  }
}
