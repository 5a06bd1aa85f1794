const rowLength = 16;

const hex = (value: number, width: number): string => value.toString(16).padStart(width, "0");

function row(bytes: Uint8Array, offset: number): string {
  const part = bytes.subarray(offset, offset + rowLength);
  const cells = Array.from(part, (byte) => hex(byte, 2));
  const halves = `${cells.slice(0, 8).join(" ")}  ${cells.slice(8).join(" ")}`;
  const shown = Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
  return `${hex(offset, 8)}  ${halves.padEnd(rowLength * 3)}  |${shown}|\n`;
}

/** Rows of offset, bytes and ASCII; the length of the record on a line of its own ends it, so that an empty one shows too. */
export function hexDump(bytes: Uint8Array): string {
  let rows = "";
  for (let offset = 0; offset < bytes.length; offset += rowLength) rows += row(bytes, offset);
  return `${rows}${hex(bytes.length, 8)}\n`;
}
