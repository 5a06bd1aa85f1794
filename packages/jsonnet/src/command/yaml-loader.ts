import type { YamlReader } from "../evaluate.ts";

/** Thrown by a reader that is not loaded yet. */
class Wanted extends Error {}

/**
 * Loads the YAML library only for programs that use it: it would take a third of the time a small program needs.
 * Evaluation cannot wait, but it is pure, so it is simply done again once the library is there.
 */
export class YamlLoader {
  #reader: YamlReader | undefined;

  /** The reader to hand to the evaluation. */
  readonly read: YamlReader = (text) => {
    if (this.#reader !== undefined) return this.#reader(text);
    throw new Wanted("the YAML library is not loaded yet");
  };

  /** Runs `work`, a second time if it wanted the reader. */
  async retry<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Wanted)) throw error;
    }
    const { readYaml } = await import("../std/yaml.ts");
    this.#reader = readYaml;
    return work();
  }
}
