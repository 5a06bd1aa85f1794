/** One file or snippet of Jsonnet: its name as messages show it, its text, and offsets turned into lines. */
export class Source {
  readonly name: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** Line and column, both counted from 1, of an offset into the text (UTF-16 units). */
  position(offset: number): { line: number; column: number } {
    const starts = (this.#lineStarts ??= findLineStarts(this.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

/** A piece of a source, `end` exclusive. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** `file:line:column-column`, or `file:(line:column)-(line:column)` when the piece spans lines, as the original prints it. */
export function describeSpan({ source, start, end }: Span): string {
  const from = source.position(start);
  const to = source.position(end);
  if (from.line !== to.line) return `${source.name}:(${from.line}:${from.column})-(${to.line}:${to.column})`;
  return `${source.name}:${from.line}:${from.column}${to.column > from.column ? `-${to.column}` : ""}`;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
