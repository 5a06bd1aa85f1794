import { type Place, start } from "../input/place.ts";

/** Where a run can go on: `place` is the first record that is not known to have arrived. */
export interface Position {
  readonly place: Place;
  /** Records behind `place` that have arrived all the same, counted from it (0 is the one at `place`): first and last of each row. */
  readonly arrived: readonly (readonly [first: number, last: number])[];
}

/** Knows which records have arrived, and so from where on something is missing. */
export class Ledger {
  /** Where each record begins that is at or behind the first missing one. */
  readonly #places = new Map<number, Place>();
  readonly #arrived = new Set<number>();
  #first = 0;
  #next = 0;
  #end: Place;

  constructor(from: Place = start) {
    this.#end = from;
  }

  /** Note a record that was read, and give its ordinal. */
  begin(place: Place, next: Place): number {
    this.#places.set(this.#next, place);
    this.#end = next;
    return this.#next++;
  }

  arrive(ordinal: number): void {
    this.#arrived.add(ordinal);
    while (this.#arrived.delete(this.#first)) {
      this.#places.delete(this.#first);
      this.#first++;
    }
  }

  position(): Position {
    const arrived: [number, number][] = [];
    for (const ordinal of [...this.#arrived].sort((a, b) => a - b)) {
      const at = ordinal - this.#first;
      const row = arrived.at(-1);
      if (row !== undefined && row[1] === at - 1) row[1] = at;
      else arrived.push([at, at]);
    }
    return { place: this.#places.get(this.#first) ?? this.#end, arrived };
  }
}
