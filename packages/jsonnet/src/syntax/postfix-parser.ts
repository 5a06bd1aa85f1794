import { failAt } from "../errors.ts";
import type { Expression, NamedArgument } from "./ast.ts";
import { parseObject } from "./object-parser.ts";
import { parseExpression, parseSteps } from "./parser.ts";
import { describeToken } from "./token.ts";
import type { TokenReader } from "./token-reader.ts";

/** A terminal and whatever is applied to it: `.name`, `[...]`, `(...)`, `{...}`. */
export function parsePostfix(reader: TokenReader): Expression {
  const { start } = reader.peek();
  let target = parseTerminal(reader);
  for (;;) {
    if (reader.takes(".")) {
      const name = reader.identifier();
      target = { kind: "index", target, index: { ...name, kind: "literal", value: name.text }, start, end: name.end };
    } else if (reader.sees("[")) {
      target = parseBrackets(reader, target, start);
    } else if (reader.sees("(")) {
      target = parseCall(reader, target, start);
    } else if (reader.sees("{")) {
      const right = parseObject(reader);
      target = { kind: "binary", operator: "+", left: target, right, start, end: right.end };
    } else {
      return target;
    }
  }
}

function parseTerminal(reader: TokenReader): Expression {
  const token = reader.peek();
  const { start, end } = token;
  switch (token.kind) {
    case "number": {
      const value = Number(token.text.replaceAll("_", ""));
      if (!Number.isFinite(value)) throw reader.unexpected(`Number out of range: ${token.text.slice(0, 40)}`);
      return literal(reader, value);
    }
    case "string":
      return literal(reader, token.text);
    case "identifier":
      reader.next();
      return { kind: "variable", name: token.text, start, end };
    case "punctuation":
      if (token.text === "{") return parseObject(reader);
      if (token.text === "[") return parseArray(reader);
      if (token.text === "(") return parseParenthesis(reader);
      if (token.text !== "$") break;
      reader.next();
      return { kind: "dollar", start, end };
    case "keyword":
      switch (token.text) {
        case "null":
          return literal(reader, null);
        case "true":
          return literal(reader, true);
        case "false":
          return literal(reader, false);
        case "self":
          reader.next();
          return { kind: "self", start, end };
        case "super":
          return parseSuper(reader);
      }
  }
  if (token.kind === "operator") throw reader.unexpected(`Not a unary operator: ${token.text}`);
  throw reader.unexpected(token.kind === "end" ? "Unexpected end of file" : `Unexpected: ${describeToken(token)} while parsing terminal`);
}

function literal(reader: TokenReader, value: null | boolean | number | string): Expression {
  const { start, end } = reader.next();
  return { kind: "literal", value, start, end };
}

function parseParenthesis(reader: TokenReader): Expression {
  reader.next();
  const inner = parseExpression(reader);
  reader.expect(")");
  return inner;
}

function parseSuper(reader: TokenReader): Expression {
  const { start } = reader.next();
  if (reader.takes(".")) {
    const name = reader.identifier();
    return { kind: "super-index", index: { ...name, kind: "literal", value: name.text }, start, end: name.end };
  }
  if (!reader.takes("[")) throw reader.unexpected(`Expected . or [ after super, got ${describeToken(reader.peek())}`);
  const index = parseExpression(reader);
  const { end } = reader.expect("]");
  return { kind: "super-index", index, start, end };
}

function parseArray(reader: TokenReader): Expression {
  const { start } = reader.next();
  const elements: Expression[] = [];
  while (!reader.sees("]")) {
    elements.push(parseExpression(reader));
    const comma = reader.takes(",");
    const [body] = elements;
    if (elements.length === 1 && body !== undefined && reader.sees("for")) {
      const steps = parseSteps(reader);
      const { end } = reader.expect("]");
      return { kind: "array-comprehension", body, steps, start, end };
    }
    if (!comma && !reader.sees("]")) throw reader.unexpected("Expected a comma before next array element");
  }
  return { kind: "array", elements, start, end: reader.next().end };
}

/** `[index]`, or a slice `[from:to:step]` with any part left out. `::` arrives as one operator. */
function parseBrackets(reader: TokenReader, target: Expression, start: number): Expression {
  reader.expect("[");
  if (reader.sees("]")) throw reader.unexpected("ast.Index requires an expression");
  const bounds: (Expression | undefined)[] = [undefined];
  while (!reader.sees("]")) {
    if (reader.takes("::")) bounds.push(undefined, undefined);
    else if (reader.takes(":")) bounds.push(undefined);
    else if (bounds.at(-1) === undefined) bounds[bounds.length - 1] = parseExpression(reader);
    else throw reader.unexpected(`Unexpected: ${describeToken(reader.peek())} while parsing slice`);
    if (bounds.length > 3) throw reader.unexpected("Invalid slice: too many colons");
  }
  const { end } = reader.next();
  const [index] = bounds;
  if (bounds.length === 1 && index !== undefined) return { kind: "index", target, index, start, end };
  return { kind: "slice", target, bounds, start, end };
}

function parseCall(reader: TokenReader, target: Expression, start: number): Expression {
  reader.expect("(");
  const positional: Expression[] = [];
  const named: NamedArgument[] = [];
  while (!reader.sees(")")) {
    const name = reader.peek();
    if (name.kind === "identifier" && reader.peek(1).text === "=" && reader.peek(1).kind === "operator") {
      reader.next();
      reader.next();
      named.push({ name: name.text, value: parseExpression(reader) });
    } else {
      const value = parseExpression(reader);
      if (named.length > 0) {
        throw failAt(
          { source: reader.source, start: value.start, end: value.end },
          "Positional argument after a named argument is not allowed",
        );
      }
      positional.push(value);
    }
    if (!reader.takes(",") && !reader.sees(")"))
      throw reader.unexpected(`Expected a comma before next function argument, got ${describeToken(reader.peek())}`);
  }
  let { end } = reader.next();
  const tailstrict = reader.sees("tailstrict");
  if (tailstrict) ({ end } = reader.next());
  return { kind: "apply", target, positional, named, tailstrict, start, end };
}
