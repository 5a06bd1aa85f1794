import { maxDepth, maxLength } from "./limits.ts";
import { createPipelineParser } from "./pipeline-parser.ts";
import type { Scope } from "./pipeline-parser.ts";
import type { Source } from "./position.ts";
import { TemplateError } from "./template-error.ts";
import { readTokens } from "./token-reader.ts";
import type { Block, BlockWord, Node, Pipeline } from "./tree.ts";

/** What stopped a list of nodes. */
type Stop = "end" | "else" | undefined;

const isBlockWord = (word: string): word is BlockWord => /^(?:if|with|range)$/.test(word);

/** Read a template and the names in it; throws `TemplateError` at the first thing that is not the language. Names are not checked. */
export function parseNodes(source: Source): { readonly nodes: readonly Node[]; readonly names: Scope } {
  if (source.text.length > maxLength) {
    throw new TemplateError("parse", source, 0, `the template is longer than ${maxLength} characters`);
  }
  const reader = readTokens(source);
  const { peek, next, fail, unexpected, expect } = reader;
  const names: Scope = { variables: ["$"], isRoot: true, functions: [], fields: [] };
  const parsePipeline = createPipelineParser(reader, names);
  let [ranges, blocks, action] = [0, 0, 0];

  /** Read nodes up to the word that ends the list, or the end of the template if there is no block around them. */
  function parseList(word?: BlockWord, opener?: number): readonly [readonly Node[], Stop] {
    const nodes: Node[] = [];
    for (;;) {
      if (peek().kind === "EOF" && word === undefined) return [nodes, undefined];
      if (peek().kind === "EOF") fail("unexpected EOF", peek().start, `{{${word}}} has no {{end}}`, opener);
      const { kind, start, text } = next();
      if (kind === "text") {
        nodes.push({ kind, start, text });
        continue;
      }
      action = start;
      const node = parseAction();
      if (typeof node === "string") return [nodes, node];
      nodes.push(node);
    }
  }

  function parseAction(): Node | "end" | "else" {
    const { kind, start, text } = peek();
    if (isBlockWord(kind)) return parseBlock(kind);
    switch (kind) {
      case "break":
      case "continue":
        next();
        expect("}}", `{{${kind}}}`);
        if (ranges === 0) fail(`{{${kind}}} outside {{range}}`, start);
        return { kind, start, text };
      case "end":
      case "else":
        next();
        if (kind === "end" || !/^(?:if|with)$/.test(peek().kind)) expect("}}", kind);
        return kind;
      case "block":
      case "define":
      case "template":
        return fail(`{{${kind}}} is not supported`, start, "write the text where it is used");
      default:
        return parsePipeline("command", "}}");
    }
  }

  function parseBlock(kind: BlockWord): Block {
    const { start, text } = next();
    const opener = action;
    if (++blocks > maxDepth) fail(`blocks nest deeper than ${maxDepth}`, start);
    const visible = names.variables.length;
    const { isRoot } = names;
    const branches: { pipe: Pipeline; body: readonly Node[] }[] = [];
    let otherwise: readonly Node[] = [];
    let stop: Stop;
    for (;;) {
      const pipe = parsePipeline(kind, "}}");
      const level = kind === "range" ? 1 : 0;
      names.isRoot &&= kind === "if";
      ranges += level;
      const list = parseList(kind, opener);
      ranges -= level;
      names.isRoot = isRoot;
      branches.push({ pipe, body: list[0] });
      stop = list[1];
      if (stop !== "else" || kind === "range" || peek().kind !== kind) break;
      next();
    }
    if (stop === "else") {
      // What is left is the word after an else that does not fit this block.
      if (isBlockWord(peek().kind)) unexpected("input");
      [otherwise, stop] = parseList(kind, opener);
      if (stop === "else") fail("expected end; found {{else}}", action);
    }
    names.variables.length = visible;
    blocks--;
    return { kind, start, text, branches, otherwise };
  }

  try {
    const [nodes, stop] = parseList();
    if (stop) fail(`unexpected {{${stop}}}`, action);
    return { nodes, names };
  } catch (error) {
    // The depth is limited, but a runtime may have less stack than the limit needs.
    if (error instanceof RangeError) return fail("the template nests too deeply for this runtime's stack", peek().start);
    throw error;
  }
}
