/** Whom the credentials of a request belong to. */
export interface Caller {
  readonly arn: string;
  /** The unique id, as in `aws:userid`. */
  readonly userId: string;
  readonly account: string;
  readonly accessKeyId: string;
}
