import type { StreamRecord } from "../record.ts";
import { parseZone } from "../time/zone.ts";
import { hexDump } from "./hex-dump.ts";
import { jsonLine } from "./json-line.ts";
import { compileTemplate } from "./template-line.ts";
import { textLine, type TextSettings } from "./text-line.ts";

/** Forms that `-o` can ask for. */
export const outputFormats = ["raw", "line", "json", "text", "hex", "template"] as const;
type OutputFormat = (typeof outputFormats)[number];

export interface FormatSettings extends TextSettings {
  readonly format: OutputFormat;
  /** `-lf`: LF after every record of `raw`. The other forms end their records themselves. */
  readonly lf: boolean;
  /** `-template`, for the form of that name. */
  readonly template?: string | undefined;
  /** Told of each record that the template fails for, and why; nothing is appended for it. */
  readonly failed?: (problem: string) => void;
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

function templateFormatter({ template, failed }: FormatSettings): Formatter {
  const line = compileTemplate(template);
  return (record, chunks) => {
    const result = line(record);
    if ("text" in result) chunks.push(Buffer.from(result.text));
    else failed?.(result.problem);
  };
}

/** The formatter of one run; whatever depends on settings only is decided here, not for each record. Throws a usage error for a zone that `text` cannot use, and for a template that is none. */
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
    case "template":
      return templateFormatter(settings);
    default:
      return settings.format satisfies never;
  }
}
