import { isMap, isNode, LineCounter, parseDocument } from "yaml";
import { type Complaint, InputError, parseInput, placeText } from "./input-error.ts";
import { type WorldDescription, worldSchema } from "./schema.ts";

/** Read a world file's text (YAML, so JSON too). Throws an InputError with one `file:line: place: complaint` for each thing that is wrong. */
export function loadWorld(text: string, file: string): WorldDescription {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new InputError(document.errors.map(({ pos, message }) => `${file}:${lineAt(pos[0])}: ${message}`).join("\n"));
  }
  const offsetOf = ({ place, key }: Complaint): number => {
    const node = document.getIn(place, true);
    const wanted = isMap(node)
      ? node.items.find((pair) => isNode(pair.key) && key !== undefined && String(pair.key) === key)?.key
      : undefined;
    if (isNode(wanted)) return wanted.range?.[0] ?? 0;
    if (isNode(node)) return node.range?.[0] ?? 0;
    return place.length === 0 ? 0 : offsetOf({ place: place.slice(0, -1), text: "" });
  };
  return parseInput(worldSchema, document.toJS() ?? {}, (complaint) => `${file}:${lineAt(offsetOf(complaint))}: ${placeText(complaint)}`);
}
