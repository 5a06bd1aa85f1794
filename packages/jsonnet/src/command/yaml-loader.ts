import type { YamlParser } from "../evaluate.ts";

/** Thrown by a parser that is not loaded yet. */
class Wanted extends Error {}

/**
 * Loads the YAML library only for programs that use it: it would take a third of the time a small program needs.
 * Evaluation cannot wait, but it is pure, so it is simply done again once the library is there.
 */
export class YamlLoader {
  #parser: YamlParser | undefined;
  isWanted = false;

  /** The parser to hand to the evaluation. */
  readonly parse: YamlParser = (text) => {
    if (this.#parser !== undefined) return this.#parser(text);
    this.isWanted = true;
    throw new Wanted("the YAML library is not loaded yet");
  };

  /** Runs `work`, a second time if it wanted the parser. */
  async retry<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Wanted)) throw error;
    }
    const { parseYaml } = await import("../std/yaml.ts");
    this.#parser = parseYaml;
    this.isWanted = false;
    return work();
  }
}
