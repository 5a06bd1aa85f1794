/** What can go wrong on purpose. */
export type FaultKind = "throttle" | "error" | "slow" | "cut" | "lost-answer" | "empty-page" | "expired-iterator" | "partial";

/** A rule that makes matching calls fail, checked. */
export interface Fault {
  /** Such as `ssm`, `imds`, `container-credentials`; `*` for all. */
  readonly service: string;
  /** An API action; `*` and `Get*` work as in IAM. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** Share of the matching calls that fail, 0 to 1; 1 when absent. */
  readonly rate?: number | undefined;
  /** How often the fault strikes before it is used up; for ever when absent. */
  readonly times?: number | undefined;
  /** How many matching calls pass before the first strike. */
  readonly after?: number | undefined;
  /** `slow`: real milliseconds before the action starts. Network time is real even where the world's clock is not. */
  readonly ms?: number | undefined;
  /** `error`: the exception's name, the service's own internal error when absent; also of a `throttle`, and of entries that fail by `partial`. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** `error`: the HTTP status, where the model's is not wanted. */
  readonly status?: number | undefined;
  /** `partial`: share of the batch's entries that fail, at least one; half of them when absent. */
  readonly share?: number | undefined;
  /** `throttle`: strike only when a token bucket on the world's clock is empty. */
  readonly limit?: { readonly perSecond: number; readonly burst: number } | undefined;
}
