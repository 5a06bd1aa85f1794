const code = {
  tab: 9,
  lf: 10,
  cr: 13,
  space: 32,
  quote: 34,
  backslash: 92,
  openBracket: 91,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;

const isSpace = (byte: number | undefined): boolean => byte === code.space || byte === code.lf || byte === code.cr || byte === code.tab;

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
    return true;
  } catch {
    return false;
  }
}

/** The values of a payload with one JSON value a line, as views of their bytes; undefined when a line is not JSON or there is none. */
export function splitLines(bytes: Uint8Array): Uint8Array[] | undefined {
  const values: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const lf = bytes.indexOf(code.lf, start);
    const value = trim(bytes.subarray(start, lf < 0 ? bytes.length : lf));
    start = lf < 0 ? bytes.length : lf + 1;
    if (value.length > 0) values.push(value);
  }
  return values.length > 0 && values.every(isJson) ? values : undefined;
}

/** The values of a payload with JSON values one after another, with or without white space between them; undefined when a part is not JSON or there is none. */
export function splitValues(bytes: Uint8Array): Uint8Array[] | undefined {
  const values: Uint8Array[] = [];
  for (let at = skipSpace(bytes, 0); at < bytes.length;) {
    const end = endOfValue(bytes, at);
    values.push(bytes.subarray(at, end));
    at = skipSpace(bytes, end);
  }
  return values.length > 0 && values.every(isJson) ? values : undefined;
}

function trim(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && isSpace(line[end - 1])) end--;
  return line.subarray(skipSpace(line, 0), end);
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at])) at++;
  return at;
}

/** Where the value that begins at `from` ends. Only strings and brackets are looked at: whether it is JSON is asked of JSON.parse afterwards. */
function endOfValue(bytes: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === code.quote) {
      if (depth === 0 && at > from) return at;
      at = endOfString(bytes, at);
      if (depth === 0) return at + 1;
    } else if (byte === code.openBrace || byte === code.openBracket) {
      if (depth === 0 && at > from) return at;
      depth++;
    } else if (byte === code.closeBrace || byte === code.closeBracket) {
      depth--;
      if (depth <= 0) return at + 1;
    } else if (depth === 0 && isSpace(byte)) return at;
  }
  return bytes.length;
}

/** The closing quote of the string that opens at `from`, or the last byte. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] === code.backslash) at++;
    else if (bytes[at] === code.quote) return at;
  }
  return bytes.length - 1;
}
