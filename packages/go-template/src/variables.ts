interface Variable {
  readonly name: string;
  value: unknown;
}

/** The variables of one rendering, innermost last; a name may be declared again in an inner block. */
export class Variables {
  readonly #stack: Variable[];

  /** `$` is the data. */
  constructor(data: unknown) {
    this.#stack = [{ name: "$", value: data }];
  }

  declare(name: string, value: unknown): void {
    this.#stack.push({ name, value });
  }

  find(name: string): Variable | undefined {
    return this.#stack.findLast((variable) => variable.name === name);
  }

  /** False if there is no such variable. */
  assign(name: string, value: unknown): boolean {
    const variable = this.find(name);
    if (variable !== undefined) variable.value = value;
    return variable !== undefined;
  }

  /** A mark for `leave`, which forgets what was declared since. */
  enter(): number {
    return this.#stack.length;
  }

  leave(mark: number): void {
    this.#stack.length = mark;
  }
}
