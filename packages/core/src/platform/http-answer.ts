/** An HTTP answer as it came. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; what stood in several lines is joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Whether the connection may be used for another exchange. */
  readonly mayGoOn: boolean;
}

/** Of the head of an answer, and of a line between chunks. */
const maxHeadBytes = 65_536;

const failure = (code: string, problem: string): Error => Object.assign(new Error(problem), { code });
const broken = (problem: string): Error => failure("EPROTO", `the answer is no HTTP: ${problem}`);
const cut = (): Error => failure("ECONNRESET", "the connection ended in the middle of the answer");

/** Bytes of a connection that have come and are not read yet. */
class Incoming {
  #held: Buffer = Buffer.alloc(0);

  get length(): number {
    return this.#held.length;
  }

  add(bytes: Buffer): void {
    this.#held = this.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
  }

  /** At most so many of them. */
  take(limit: number): Buffer {
    const held = this.#held;
    this.#held = held.subarray(limit);
    return held.subarray(0, limit);
  }

  /** The text before a mark, which is passed over; undefined while the mark has not come. */
  upTo(mark: string): string | undefined {
    const end = this.#held.indexOf(mark);
    if ((end < 0 ? this.length : end) > maxHeadBytes) throw broken("a head or a line without an end");
    return end < 0 ? undefined : this.take(end + mark.length).toString("latin1", 0, end);
  }

  /** How the text that has come begins. */
  beginning(length: number): string {
    return this.#held.toString("latin1", 0, length);
  }
}

interface Head extends Pick<RawAnswer, "status" | "headers"> {
  /** Unless said otherwise, a connection of HTTP/1.1 stays. */
  readonly stays: boolean;
}

/** Takes a head apart without regular expressions: a start feels the first use of each. */
function headOf(text: string): Head {
  const [first = "", ...lines] = text.split("\r\n");
  const version = first.slice(0, 9);
  const code = first.slice(9, 12);
  const status = Number(code);
  const isStatusLine = (version === "HTTP/1.1 " || version === "HTTP/1.0 ") && status >= 100 && String(status) === code;
  if (!isStatusLine || (first.length > 12 && first[12] !== " ")) throw broken("the first line is no status");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name === "" || name.includes(" ") || name.includes("\t")) throw broken("a header without a name");
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { status, headers, stays: version === "HTTP/1.1 " && headers.get("connection")?.toLowerCase().includes("close") !== true };
}

/** Takes what has come of a body, and gives the body when it is whole. */
type BodyReader = (incoming: Incoming, isEnd: boolean) => Buffer | undefined;

function sized(length: number): BodyReader {
  const parts: Buffer[] = [];
  let missing = length;
  return (incoming) => {
    const part = incoming.take(missing);
    missing -= part.length;
    if (missing === 0 && parts.length === 0) return part;
    parts.push(part);
    return missing === 0 ? Buffer.concat(parts) : undefined;
  };
}

/** A body in chunks (RFC 9112, section 7.1). */
function chunked(): BodyReader {
  const chunks: Buffer[] = [];
  let chunk: BodyReader | undefined;
  let awaited: "size" | "end of chunk" | "trailer" = "size";
  return (incoming, isEnd) => {
    for (;;) {
      if (chunk !== undefined) {
        const bytes = chunk(incoming, isEnd);
        if (bytes === undefined) return undefined;
        chunks.push(bytes);
        chunk = undefined;
      }
      const line = incoming.upTo("\r\n");
      if (line === undefined) return undefined;
      if (awaited === "trailer") {
        // Trailers, which no AWS service sends here, are passed over.
        if (line === "") return Buffer.concat(chunks);
      } else if (awaited === "end of chunk") {
        if (line !== "") throw broken("a chunk longer than its size");
        awaited = "size";
      } else {
        const size = Number.parseInt(/^([0-9a-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1] ?? "", 16);
        if (Number.isNaN(size)) throw broken("a chunk without its size");
        awaited = size === 0 ? "trailer" : "end of chunk";
        if (size > 0) chunk = sized(size);
      }
    }
  };
}

/** A body that ends with the connection. */
function endless(): BodyReader {
  const parts: Buffer[] = [];
  return (incoming, isEnd) => {
    parts.push(incoming.take(Number.POSITIVE_INFINITY));
    return isEnd ? Buffer.concat(parts) : undefined;
  };
}

function bodyOf({ status, headers }: Head): BodyReader {
  const coding = headers.get("transfer-encoding");
  const length = headers.get("content-length");
  if (coding !== undefined && (coding.toLowerCase() !== "chunked" || length !== undefined)) throw broken("its length is told in two ways");
  const size = Number(length);
  if (length !== undefined && (!(size >= 0) || !Number.isSafeInteger(size) || String(size) !== length))
    throw broken("its length is no number");
  if (status === 204 || status === 304) return sized(0);
  if (coding !== undefined) return chunked();
  return length === undefined ? endless() : sized(size);
}

/**
 * Reads one answer to a GET, POST or PUT (RFC 9112, sections 4 to 6), however it is cut into pieces: a body has a length, comes in chunks or ends with the connection.
 * Hand it the bytes as they come, and undefined when the connection has ended; it gives the answer when that is whole.
 * Throws an error with code ECONNRESET when the bytes end too early, EPROTO when they are no such answer.
 */
export function answerReader(): (more: Buffer | undefined) => RawAnswer | undefined {
  const incoming = new Incoming();
  let head: Head | undefined;
  let readBody: BodyReader | undefined;
  return (more) => {
    if (more !== undefined) incoming.add(more);
    // Interim answers, such as 100 Continue, are passed over.
    while (head === undefined || head.status < 200) {
      const text = incoming.upTo("\r\n\r\n");
      if (text === undefined) {
        if (!"HTTP/1.".startsWith(incoming.beginning(7))) throw broken("the first line is no status");
        if (more === undefined) throw cut();
        return undefined;
      }
      head = headOf(text);
    }
    readBody ??= bodyOf(head);
    const body = readBody(incoming, more === undefined);
    if (body === undefined) {
      if (more === undefined) throw cut();
      return undefined;
    }
    const { status, headers, stays } = head;
    return { status, headers, body, mayGoOn: more !== undefined && stays && incoming.length === 0 };
  };
}
