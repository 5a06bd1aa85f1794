import { failAt } from "../errors.ts";
import type { Bind, Expression, Field, Member, ObjectAssert, Visibility } from "./ast.ts";
import { parseBind, parseExpression, parseParameters, parseSteps } from "./parser.ts";
import { describeToken } from "./token.ts";
import type { TokenReader } from "./token-reader.ts";

/** `{ members }` or `{ [name]: value for x in list }`. */
export function parseObject(reader: TokenReader): Expression {
  const { start } = reader.expect("{");
  const members: Member[] = [];
  while (!reader.sees("}")) {
    members.push(parseMember(reader));
    const comma = reader.takes(",");
    if (reader.sees("for")) return parseComprehension(reader, start, members);
    if (!comma && !reader.sees("}")) throw reader.unexpected("Expected a comma before next field");
  }
  const { end } = reader.next();
  refuseDuplicates(reader, members);
  return { kind: "object", members, start, end };
}

function parseMember(reader: TokenReader): Member {
  const token = reader.peek();
  const { start } = token;
  if (reader.takes("local")) {
    const bind = parseBind(reader);
    return { kind: "local", bind, start, end: bind.value.end };
  }
  if (reader.sees("assert")) return parseAssert(reader);
  return parseField(reader);
}

function parseAssert(reader: TokenReader): ObjectAssert {
  const { start } = reader.expect("assert");
  const condition = parseExpression(reader);
  const message = reader.takes(":") ? parseExpression(reader) : undefined;
  return { kind: "assert", condition, message, start, end: (message ?? condition).end };
}

function parseField(reader: TokenReader): Field {
  const computed = reader.sees("[");
  const name = parseFieldName(reader);
  const { start } = name;
  const parameters = reader.sees("(") ? parseParameters(reader) : undefined;
  const operator = reader.peek();
  const { inherits, visibility } = parseFieldOperator(reader);
  const body = parseExpression(reader);
  const { end } = body;
  if (parameters === undefined) return { kind: "field", name, computed, visibility, inherits, value: body, start, end };
  const label = name.kind === "literal" ? String(name.value) : undefined;
  if (inherits) {
    throw failAt(
      { source: reader.source, start: operator.start, end: operator.end },
      `Cannot use +: syntax sugar in a method: ${label ?? "[...]"}`,
    );
  }
  return {
    kind: "field",
    name,
    computed,
    visibility,
    inherits,
    value: { kind: "function", name: label, parameters, body, start, end },
    start,
    end,
  };
}

function parseFieldName(reader: TokenReader): Expression {
  const token = reader.peek();
  if (token.kind === "identifier" || token.kind === "string") {
    reader.next();
    return { kind: "literal", value: token.text, start: token.start, end: token.end };
  }
  if (!reader.takes("[")) throw reader.unexpected(`Unexpected: ${describeToken(token)} while parsing field definition`);
  const name = parseExpression(reader);
  const { end } = reader.expect("]");
  // A computed name keeps its own kind even when it is a literal, but its place includes the brackets.
  return { ...name, start: token.start, end };
}

function parseFieldOperator(reader: TokenReader): { inherits: boolean; visibility: Visibility } {
  const { text, kind } = reader.peek();
  const match = kind === "operator" ? /^(\+?)(:{1,3})$/.exec(text) : null;
  if (kind !== "operator") throw reader.unexpected(`Expected token OPERATOR but got ${describeToken(reader.peek())}`);
  if (match === null) throw reader.unexpected(`Expected one of :, ::, :::, +:, +::, +:::, got: ${text}`);
  reader.next();
  const visibility = match[2] === "::" ? "hidden" : match[2] === ":::" ? "visible" : "inherit";
  return { inherits: match[1] === "+", visibility };
}

function parseComprehension(reader: TokenReader, start: number, members: readonly Member[]): Expression {
  const steps = parseSteps(reader);
  const locals: Bind[] = [];
  let field: Field | undefined;
  for (const member of members) {
    const at = { source: reader.source, start: member.start, end: member.end };
    if (member.kind === "local") locals.push(member.bind);
    else if (member.kind === "assert") throw failAt(at, "Object comprehension cannot have asserts.");
    else if (field !== undefined) throw failAt(at, "Object comprehension can only have one field.");
    else if (!member.computed) throw failAt(at, "Object comprehensions can only have [e] fields.");
    else if (member.visibility !== "inherit") throw failAt(at, "Object comprehensions cannot have hidden fields.");
    else field = member;
  }
  const { end } = reader.expect("}");
  if (field === undefined) throw failAt({ source: reader.source, start, end }, "Object comprehension must have one field");
  refuseDuplicates(reader, members);
  return { kind: "object-comprehension", field, locals, steps, start, end };
}

function refuseDuplicates(reader: TokenReader, members: readonly Member[]): void {
  const fields = new Set<string>();
  const locals = new Set<string>();
  for (const member of members) {
    const at = { source: reader.source, start: member.start, end: member.end };
    if (member.kind === "local") {
      if (locals.has(member.bind.name)) throw failAt(at, `Duplicate local var: ${member.bind.name}`);
      locals.add(member.bind.name);
    } else if (member.kind === "field" && member.name.kind === "literal" && !member.computed) {
      const name = String(member.name.value);
      if (fields.has(name)) throw failAt({ ...at, end: member.name.end }, `Duplicate field: ${name}`);
      fields.add(name);
    }
  }
}
