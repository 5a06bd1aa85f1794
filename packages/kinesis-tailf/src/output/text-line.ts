import { styleText } from "node:util";
import type { StreamRecord } from "../record.ts";
import { printInstant } from "../time/print-instant.ts";
import { escapeControls } from "./control-characters.ts";

export interface TextSettings {
  /** Where the times are to be read: an IANA name, `UTC`, or an offset. */
  readonly zone: string;
  /** Whether to colour; the caller has asked the terminal and NO_COLOR. */
  readonly isColoured: boolean;
  /** A terminal obeys control characters, so a payload must not send it any. */
  readonly isTerminal: boolean;
}

/** `time shard key payload` on one line of a terminal; off a terminal the payload is printed as it is, so it may take several. Bytes that are not UTF-8 are replaced. */
export function textLine(record: StreamRecord, { zone, isColoured, isTerminal }: TextSettings): string {
  const colour = (style: "dim" | "cyan" | "yellow", text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text;
  const payload = Buffer.from(record.data.buffer, record.data.byteOffset, record.data.length)
    .toString()
    .replace(/\r?\n$/, "");
  const columns = [
    colour("dim", printInstant(new Date(record.arrivedAtMs), zone)),
    // Shard and key are words of the line wherever it is printed, and a dump may hold anything.
    colour("cyan", escapeControls(record.shard)),
    colour("yellow", escapeControls(record.key ?? "-")),
    isTerminal ? escapeControls(payload) : payload,
  ];
  return `${columns.join(" ")}\n`;
}
