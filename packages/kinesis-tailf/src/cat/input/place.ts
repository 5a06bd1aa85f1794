/** A place between two records of the inputs. */
export interface Place {
  /** Which of the inputs, from 0. */
  readonly file: number;
  /** Lines, or records, before it in that input. */
  readonly line: number;
  /** Bytes before it in that input. */
  readonly offset: number;
}

export const start: Place = { file: 0, line: 0, offset: 0 };

/** The name of an input in messages. */
export const inputName = (operand: string): string => (operand === "-" ? "standard input" : operand);

/** A place as editors and compilers write it: `file:line`, the line from 1. */
export const placeText = (files: readonly string[], { file, line }: Place): string => `${inputName(files[file] ?? "-")}:${line + 1}`;
