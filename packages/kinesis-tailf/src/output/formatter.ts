import type { StreamRecord } from "../record.ts";
import { parseZone } from "../time/zone.ts";
import { hexDump } from "./hex-dump.ts";
import { jsonLine } from "./json-line.ts";
import { textLine, type TextSettings } from "./text-line.ts";

/** Forms that `-o` can ask for. */
export const outputFormats = ["raw", "line", "json", "text", "hex"] as const;
type OutputFormat = (typeof outputFormats)[number];

export interface FormatSettings extends TextSettings {
  readonly format: OutputFormat;
  /** `-lf`: LF after every record of `raw`. The other forms end their records themselves. */
  readonly lf: boolean;
}

/** Appends the bytes of one record to a list that is written at once, a page at a time. Payloads are not copied for `raw` and `line`. */
export type Formatter = (record: StreamRecord, chunks: Uint8Array[]) => void;

const lineFeed = 0x0a;
const newline = Uint8Array.of(lineFeed);

const appendRaw: Formatter = ({ data }, chunks) => void chunks.push(data);
const appendRawLine: Formatter = ({ data }, chunks) => void chunks.push(data, newline);

function appendLine({ data }: StreamRecord, chunks: Uint8Array[]): void {
  chunks.push(data);
  if (data.at(-1) !== lineFeed) chunks.push(newline);
}

/** The formatter of one run; whatever depends on settings only is decided here, not for each record. Throws a usage error for a zone that `text` cannot use. */
export function createFormatter(settings: FormatSettings): Formatter {
  switch (settings.format) {
    case "raw":
      return settings.lf ? appendRawLine : appendRaw;
    case "line":
      return appendLine;
    case "json":
      return (record, chunks) => void chunks.push(Buffer.from(jsonLine(record)));
    case "text":
      // A zone that does not exist is refused now, not in the middle of the output.
      parseZone(settings.zone);
      return (record, chunks) => void chunks.push(Buffer.from(textLine(record, settings)));
    case "hex":
      return ({ data }, chunks) => void chunks.push(Buffer.from(hexDump(data)));
    default:
      return settings.format satisfies never;
  }
}
