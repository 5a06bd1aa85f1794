/** An HTTP answer as it came. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; what stood in several lines is joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Whether the connection may be used for another exchange. */
  readonly mayGoOn: boolean;
}

/** Asks for bytes by `yield`, gets undefined when there are none any more, and returns what it has read. */
export type Reading<T> = Generator<void, T, Buffer | undefined>;

/** Of one line, and of all header lines together. */
const maxHeadBytes = 65_536;

const failure = (code: string, problem: string): Error => Object.assign(new Error(problem), { code });
const broken = (problem: string): Error => failure("EPROTO", `the answer is no HTTP: ${problem}`);
const cut = (): Error => failure("ECONNRESET", "the connection ended in the middle of the answer");

/** The bytes of a connection. */
class Incoming {
  #held: Buffer = Buffer.alloc(0);

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  *#more(): Reading<boolean> {
    const bytes = yield;
    if (bytes === undefined) return false;
    this.#held = this.isEmpty ? bytes : Buffer.concat([this.#held, bytes]);
    return true;
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  *line(): Reading<string> {
    for (;;) {
      const end = this.#held.indexOf("\r\n");
      if (end >= 0) return this.#take(end + 2).toString("latin1", 0, end);
      if (this.#held.length > maxHeadBytes) throw broken("a line without an end");
      if (!(yield* this.#more())) throw cut();
    }
  }

  *exactly(length: number): Reading<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = length; missing > 0;) {
      if (this.isEmpty && !(yield* this.#more())) throw cut();
      const part = this.#take(missing);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  *rest(): Reading<Buffer> {
    const parts = [this.#held];
    while (yield* this.#more()) parts.push(this.#take(this.#held.length));
    return Buffer.concat(parts);
  }
}

interface Head extends Pick<RawAnswer, "status" | "headers"> {
  /** Unless said otherwise, a connection of HTTP/1.1 stays. */
  readonly stays: boolean;
}

function* readHead(incoming: Incoming): Reading<Head> {
  const [, minor, status] = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(yield* incoming.line()) ?? [];
  if (status === undefined) throw broken("the first line is no status");
  const headers = new Map<string, string>();
  let bytes = 0;
  for (let line = yield* incoming.line(); line !== ""; line = yield* incoming.line()) {
    bytes += line.length;
    if (bytes > maxHeadBytes) throw broken("too many headers");
    const [, name, value = ""] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) throw broken("a header without a name");
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return { status: Number(status), headers, stays: minor === "1" && !/\bclose\b/i.test(headers.get("connection") ?? "") };
}

function* readChunks(incoming: Incoming): Reading<Buffer> {
  const parts: Buffer[] = [];
  for (;;) {
    const size = Number.parseInt(/^([0-9a-f]{1,8})[ \t]*(?:;|$)/i.exec(yield* incoming.line())?.[1] ?? "", 16);
    if (Number.isNaN(size)) throw broken("a chunk without its size");
    if (size === 0) break;
    parts.push(yield* incoming.exactly(size));
    if ((yield* incoming.line()) !== "") throw broken("a chunk longer than its size");
  }
  // Trailers, which no AWS service sends here.
  while ((yield* incoming.line()) !== "");
  return Buffer.concat(parts);
}

/**
 * One answer to a GET, POST or PUT (RFC 9112, sections 4 to 6), however it is cut into pieces: a body has a length, comes in chunks or ends with the connection.
 * Throws an error with code ECONNRESET when the bytes end too early, EPROTO when they are no such answer.
 */
export function* readAnswer(): Reading<RawAnswer> {
  const incoming = new Incoming();
  let head = yield* readHead(incoming);
  // Interim answers, such as 100 Continue.
  while (head.status < 200) head = yield* readHead(incoming);
  const { status, headers, stays } = head;
  const coding = headers.get("transfer-encoding");
  const length = headers.get("content-length");
  if (coding !== undefined && (coding.toLowerCase() !== "chunked" || length !== undefined)) throw broken("its length is told in two ways");
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw broken("its length is no number");
  const answer = (body: Buffer, isWhole = true): RawAnswer => ({ status, headers, body, mayGoOn: isWhole && stays && incoming.isEmpty });
  if (status === 204 || status === 304) return answer(Buffer.alloc(0));
  if (coding !== undefined) return answer(yield* readChunks(incoming));
  if (length !== undefined) return answer(yield* incoming.exactly(Number(length)));
  return answer(yield* incoming.rest(), false);
}
