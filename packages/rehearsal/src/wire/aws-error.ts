/**
 * A refusal in the service's own words. `code` is the exception's name in the service model (or one of the codes that every service knows);
 * the protocol decides how it looks on the wire.
 */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status; when absent the service model decides: 400 for the client's fault, 500 for the server's. */
  readonly status: number | undefined;

  constructor(code: string, message: string, status?: number) {
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
  }
}
