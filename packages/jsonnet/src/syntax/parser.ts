import { failAt } from "../errors.ts";
import type { Source } from "../source.ts";
import type { BinaryOperator, Bind, Comprehension, Expression, Parameter, Program } from "./ast.ts";
import { parsePostfix } from "./postfix-parser.ts";
import { describeToken } from "./token.ts";
import { TokenReader } from "./token-reader.ts";

/** Loosest first. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">=", "in"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];
const binaryOperators = new Map<string, { operator: BinaryOperator; precedence: number }>(
  levels.flatMap((operators, level) => operators.map((operator) => [operator, { operator, precedence: level + 1 }] as const)),
);

/** Parses a whole source. Throws a static error at the first token that does not fit. */
export function parse(source: Source): Program {
  const reader = new TokenReader(source);
  const body = parseExpression(reader);
  const rest = reader.peek();
  if (rest.kind === "operator" && !rest.text.startsWith(":")) throw reader.unexpected(`Not a binary operator: ${rest.text}`);
  if (rest.kind !== "end") throw reader.unexpected(`Did not expect: ${describeToken(rest)}`);
  return { source, body };
}

export function parseExpression(reader: TokenReader): Expression {
  reader.descend();
  const expression = parseBinary(reader, 1);
  reader.ascend();
  return expression;
}

function parseBinary(reader: TokenReader, level: number): Expression {
  const { start } = reader.peek();
  let left = parseUnary(reader);
  for (;;) {
    const token = reader.peek();
    const found = token.kind === "operator" || token.kind === "keyword" ? binaryOperators.get(token.text) : undefined;
    if (found === undefined || found.precedence < level) return left;
    reader.next();
    if (found.operator === "in" && reader.sees("super") && !/^[.[]$/.test(reader.peek(1).text)) {
      const { end } = reader.next();
      left = { kind: "in-super", name: left, start, end };
      continue;
    }
    const right = parseBinary(reader, found.precedence + 1);
    left = { kind: "binary", operator: found.operator, left, right, start, end: reader.reached };
  }
}

function parseUnary(reader: TokenReader): Expression {
  const token = reader.peek();
  const { start } = token;
  switch (token.text) {
    case "!":
    case "-":
    case "+":
    case "~": {
      if (token.kind !== "operator") break;
      reader.next();
      reader.descend();
      const operand = parseUnary(reader);
      reader.ascend();
      return { kind: "unary", operator: token.text, operand, start, end: reader.reached };
    }
    case "local":
    case "if":
    case "function":
    case "error":
    case "assert":
    case "import":
    case "importstr":
    case "importbin":
      if (token.kind === "keyword") return parseKeyword(reader, token.text);
  }
  return parsePostfix(reader);
}

function parseKeyword(reader: TokenReader, keyword: string): Expression {
  const { start } = reader.peek();
  switch (keyword) {
    case "local":
    case "assert":
      return parseChain(reader);
    case "if":
      return parseIf(reader);
    case "function": {
      reader.next();
      const parameters = parseParameters(reader);
      const body = parseExpression(reader);
      return { kind: "function", name: undefined, parameters, body, start, end: reader.reached };
    }
    case "error": {
      reader.next();
      const message = parseExpression(reader);
      return { kind: "error", message, start, end: reader.reached };
    }
    default:
      return parseImport(reader);
  }
}

// Chains of locals, asserts and else-ifs are as long as people like, so they are loops here and do not count as nesting.
function parseChain(reader: TokenReader): Expression {
  const links: ((rest: Expression) => Expression)[] = [];
  for (;;) {
    const { start } = reader.peek();
    const isLocal = reader.takes("local");
    if (isLocal) {
      const binds = parseBinds(reader);
      links.push((body) => ({ kind: "local", binds, body, start, end: body.end }));
    } else if (reader.takes("assert")) {
      const condition = parseExpression(reader);
      const message = reader.takes(":") ? parseExpression(reader) : undefined;
      links.push((rest) => ({ kind: "assert", condition, message, rest, start, end: rest.end }));
    } else {
      return links.reduceRight((rest, link) => link(rest), parseExpression(reader));
    }
    reader.expect(";", isLocal ? ", or ;" : undefined);
  }
}

function parseBinds(reader: TokenReader): Bind[] {
  const binds: Bind[] = [];
  do {
    const bind = parseBind(reader);
    if (binds.some(({ name }) => name === bind.name)) {
      throw failAt({ source: reader.source, start: bind.node.start, end: bind.node.end }, `Duplicate local var: ${bind.name}`);
    }
    binds.push(bind);
  } while (reader.takes(","));
  return binds;
}

function parseIf(reader: TokenReader): Expression {
  const chain: { start: number; condition: Expression; consequence: Expression }[] = [];
  let otherwise: Expression | undefined;
  do {
    const { start } = reader.expect("if");
    const condition = parseExpression(reader);
    reader.expect("then");
    chain.push({ start, condition, consequence: parseExpression(reader) });
    if (!reader.takes("else")) break;
    if (!reader.sees("if")) otherwise = parseExpression(reader);
  } while (otherwise === undefined);
  for (const { start, condition, consequence } of chain.reverse()) {
    otherwise = { kind: "if", condition, consequence, otherwise, start, end: (otherwise ?? consequence).end };
  }
  if (otherwise === undefined) throw new Error("an if has at least one branch");
  return otherwise;
}

function parseImport(reader: TokenReader): Expression {
  const keyword = reader.next();
  const path = parseExpression(reader);
  const span = { source: reader.source, start: path.start, end: path.end };
  if (path.kind !== "literal" || typeof path.value !== "string") throw failAt(span, "Computed imports are not allowed");
  if (reader.source.text.startsWith("|||", path.start)) throw failAt(span, "Block string literals not allowed in imports");
  const kind = keyword.text === "import" ? "import" : keyword.text === "importstr" ? "importstr" : "importbin";
  return { kind, path: path.value, start: keyword.start, end: path.end };
}

/** `name = value` or `name(parameters) = value`. */
export function parseBind(reader: TokenReader): Bind {
  const node = reader.identifier();
  const parameters = reader.sees("(") ? parseParameters(reader) : undefined;
  reader.expect("=", "operator =");
  const body = parseExpression(reader);
  if (parameters === undefined) return { name: node.text, value: body, node };
  return { name: node.text, value: { kind: "function", name: node.text, parameters, body, start: node.start, end: body.end }, node };
}

export function parseParameters(reader: TokenReader): Parameter[] {
  reader.expect("(", "(");
  const parameters: Parameter[] = [];
  while (!reader.takes(")")) {
    if (parameters.length > 0 && !reader.takes(","))
      throw reader.unexpected(`Expected a comma before next function parameter, got ${describeToken(reader.peek())}`);
    if (reader.takes(")")) break;
    const node = reader.identifier();
    if (parameters.some(({ name }) => name === node.text)) {
      throw failAt({ source: reader.source, start: node.start, end: node.end }, `Duplicate function parameter: ${node.text}`);
    }
    parameters.push({ name: node.text, fallback: reader.takes("=") ? parseExpression(reader) : undefined, node });
  }
  return parameters;
}

/** The `for` and `if` steps after a comprehension's body, up to what closes it. */
export function parseSteps(reader: TokenReader): Comprehension[] {
  const steps: Comprehension[] = [];
  for (;;) {
    if (reader.takes("for")) {
      const { text: name } = reader.identifier();
      reader.expect("in");
      steps.push({ kind: "for", name, list: parseExpression(reader) });
    } else if (steps.length > 0 && reader.takes("if")) {
      steps.push({ kind: "if", condition: parseExpression(reader) });
    } else {
      return steps;
    }
  }
}
