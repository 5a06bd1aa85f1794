/** A request as it came over the wire, body read to its end. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly path: string;
  /** Name and value as sent, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
  /** What follows the body bit by bit, when the answer is a stream. The journal does not keep it. */
  readonly rest?: AsyncIterable<Uint8Array>;
}

/** How much of an answer reaches the client: all, half of the body, or nothing but a closed connection. */
export type Delivery = "whole" | "cut" | "lost";

export interface Reply {
  readonly answer: HttpAnswer;
  readonly delivery: Delivery;
}

/** The value of a header, whatever the case of its name; the first one when it is repeated. */
export function header(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The query of a request as it was sent. Not read by URL(), which refuses targets that clients can send. */
export function queryOf({ path }: HttpRequest): string {
  const mark = path.indexOf("?");
  return mark < 0 ? "" : path.slice(mark + 1);
}
