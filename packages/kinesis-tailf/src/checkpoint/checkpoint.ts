/** How far a shard has been printed. */
export interface ShardPosition {
  /** Sequence number of the last record that the output has taken; null when none was. */
  readonly sequence: string | null;
  /**
   * Null when all of that record was printed, else the last part that was: user records of an aggregated one, events of a log message.
   * They are counted as the run's flags take the record apart, so a run with other flags may repeat or miss some of them.
   */
  readonly sub: number | null;
  readonly state: "reading" | "drained";
  /** Arrival of that record, or where reading stood when there was none, in milliseconds since the epoch. */
  readonly timeMs: number;
}

/** The stream that positions belong to. A stream that was deleted and made again has the same ARN, but was created at another time. */
export interface StreamIdentity {
  readonly streamArn: string;
  readonly createdMs: number;
}

export interface Checkpoint extends StreamIdentity {
  readonly shards: ReadonlyMap<string, ShardPosition>;
}
