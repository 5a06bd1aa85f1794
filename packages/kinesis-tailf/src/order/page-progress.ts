/** How far the records of one page have been printed, which need not be from the first to the last. */
export class PageProgress {
  readonly #isTaken: Uint8Array;
  #left: number;
  #prefix = 0;

  constructor(length: number) {
    this.#isTaken = new Uint8Array(length);
    this.#left = length;
  }

  /** The record at this place has been printed, or, with `isTaken` false, never will be. */
  settle(at: number, isTaken: boolean): void {
    this.#left--;
    if (isTaken) this.#isTaken[at] = 1;
    while (this.#isTaken[this.#prefix] === 1) this.#prefix++;
  }

  /** Nothing is left to print. */
  get isSettled(): boolean {
    return this.#left <= 0;
  }

  /** So many records from the first on have been printed. */
  get prefix(): number {
    return this.#prefix;
  }
}
