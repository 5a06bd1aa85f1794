/** Whether the caller may do something, as far as that can be found out without doing it. */
export interface Permission {
  /** The IAM action, such as `kinesis:GetRecords`. */
  readonly action: string;
  readonly verdict: "ok" | "missing" | "not checked";
  /** Why it was not checked, or what the action is needed for. */
  readonly note?: string;
}
