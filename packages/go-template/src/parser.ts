import { isHostLimit, maxDepth, maxLength } from "./limits.ts";
import { PipelineParser } from "./pipeline-parser.ts";
import type { Source } from "./position.ts";
import { TemplateError } from "./template-error.ts";
import { TokenReader } from "./token-reader.ts";
import type { Token } from "./token.ts";
import type { Branch, Node } from "./tree.ts";

/** Read a template; throws `TemplateError` at the first thing that is not the language. Names of functions are not checked. */
export function parseNodes(source: Source): readonly Node[] {
  if (source.text.length > maxLength) {
    throw new TemplateError("parse", source, 0, `the template is longer than ${maxLength} characters`);
  }
  const tokens = new TokenReader(source);
  try {
    return new Parser(tokens).parse();
  } catch (error) {
    // The depth is limited, but a runtime may have less stack than the limit needs.
    if (isHostLimit(error)) return tokens.fail("the template nests too deeply for this runtime's stack", tokens.peek().start);
    throw error;
  }
}

/** What stopped a list of nodes: `{{end}}`, or `{{else}}` with the control word that may follow it. */
type Stop = "end" | "else" | "else if" | "else with";

interface Block {
  readonly word: "if" | "with" | "range";
  readonly start: number;
}

class Parser {
  readonly #tokens: TokenReader;
  readonly #pipelines: PipelineParser;
  #ranges = 0;
  #blocks = 0;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
    this.#pipelines = new PipelineParser(tokens);
  }

  parse(): readonly Node[] {
    const nodes: Node[] = [];
    const stop = this.#parseList(nodes, undefined);
    if (stop !== undefined) this.#tokens.fail(`unexpected {{${stop.split(" ", 1)[0]}}}`, this.#tokens.actionStart ?? 0);
    return nodes;
  }

  /** Read nodes up to the word that ends the list; undefined is the end of the template. */
  #parseList(nodes: Node[], block: Block | undefined): Stop | undefined {
    for (;;) {
      const token = this.#tokens.next();
      if (token.kind === "EOF") {
        if (block === undefined) return undefined;
        this.#tokens.actionStart = block.start;
        this.#tokens.fail("unexpected EOF", token.start, `{{${block.word}}} has no {{end}}`);
      }
      if (token.kind === "text") {
        nodes.push({ kind: "text", start: token.start, text: token.text });
        continue;
      }
      if (token.kind !== "{{") this.#tokens.unexpected(token, "input");
      this.#tokens.actionStart = token.start;
      const node = this.#parseAction(token);
      if (typeof node === "string") return node;
      nodes.push(node);
      this.#tokens.actionStart = undefined;
    }
  }

  #parseAction(open: Token): Node | Stop {
    const tokens = this.#tokens;
    const word = tokens.peekNonSpace();
    const { start } = word;
    switch (word.kind) {
      case "if":
      case "with":
        tokens.next();
        return this.#parseBranches({ word: word.kind, start: open.start }, start);
      case "range":
        tokens.next();
        return this.#parseRange(open.start, start);
      case "break":
      case "continue":
        return this.#parseJump(word.kind);
      case "end":
        tokens.next();
        tokens.expect("}}", "end");
        return "end";
      case "else":
        tokens.next();
        return this.#parseElse();
      case "block":
      case "define":
      case "template":
        return tokens.fail(`{{${word.kind}}} is not supported`, start, "write the text where it is used");
      default:
        return { kind: "action", start, pipeline: this.#pipelines.parse("command", "}}") };
    }
  }

  #parseJump(kind: "break" | "continue"): Node {
    const { start } = this.#tokens.next();
    const after = this.#tokens.nextNonSpace();
    if (after.kind !== "}}") this.#tokens.unexpected(after, `{{${kind}}}`);
    if (this.#ranges === 0) this.#tokens.fail(`{{${kind}}} outside {{range}}`, start);
    return { kind, start };
  }

  #parseElse(): Stop {
    const { kind } = this.#tokens.peekNonSpace();
    if (kind === "if" || kind === "with") return `else ${kind}`;
    this.#tokens.expect("}}", "else");
    return "else";
  }

  #parseBranches(block: Block, start: number): Node {
    const scope = this.#enter(start);
    const branches: Branch[] = [];
    const otherwise: Node[] = [];
    for (;;) {
      const condition = this.#pipelines.parse(block.word, "}}");
      const body: Node[] = [];
      const stop = this.#parseList(body, block);
      branches.push({ condition, body });
      if (stop === `else ${block.word}`) {
        this.#tokens.next();
        continue;
      }
      if (stop !== "end") this.#parseOtherwise(otherwise, block, stop);
      this.#leave(scope);
      return { kind: block.word === "if" ? "if" : "with", start, branches, otherwise };
    }
  }

  #parseRange(open: number, start: number): Node {
    const block: Block = { word: "range", start: open };
    const scope = this.#enter(start);
    const over = this.#pipelines.parse("range", "}}");
    const [body, otherwise]: [Node[], Node[]] = [[], []];
    this.#ranges++;
    const stop = this.#parseList(body, block);
    this.#ranges--;
    if (stop !== "end") this.#parseOtherwise(otherwise, block, stop);
    this.#leave(scope);
    return { kind: "range", start, over, body, otherwise };
  }

  #parseOtherwise(nodes: Node[], block: Block, stop: Stop | undefined): void {
    if (stop !== "else") this.#tokens.unexpected(this.#tokens.peekNonSpace(), "input");
    const end = this.#parseList(nodes, block);
    if (end !== "end") this.#tokens.fail("expected end; found {{else}}", this.#tokens.actionStart ?? 0);
  }

  #enter(start: number): number {
    if (this.#blocks >= maxDepth) this.#tokens.fail(`blocks nest deeper than ${maxDepth}`, start);
    this.#blocks++;
    return this.#pipelines.variables.length;
  }

  #leave(scope: number): void {
    this.#blocks--;
    this.#pipelines.variables.length = scope;
  }
}
