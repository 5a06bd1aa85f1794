/** The text of a template and the name errors use for it, normally its file name. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A place in a template, both counted from 1; columns count characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns UTF-16 offsets into positions. Remembers the last one, so that offsets in ascending order cost one walk over the text. */
export function locator(text: string): (offset: number) => Position {
  let [at, line, column] = [0, 1, 1];
  return (offset) => {
    if (offset < at) [at, line, column] = [0, 1, 1];
    for (const char of text.slice(at, offset)) {
      column++;
      if (char === "\n") [line, column] = [line + 1, 1];
    }
    at = offset;
    return { line, column };
  };
}

/** The line and column of one UTF-16 offset. */
export const locate = (text: string, offset: number): Position => locator(text)(offset);
