/** A record of the input on its way to the stream. */
export interface UserRecord {
  /** Its place among all records of this run, from 0. */
  readonly ordinal: number;
  readonly key: string;
  readonly data: Uint8Array;
}

/** What one element of a PutRecords request carries: a record, or several packed into one. */
export interface Entry {
  readonly data: Uint8Array;
  readonly key: string;
  readonly explicitHashKey?: string;
  /** Counted against the limits of records and requests. */
  readonly bytes: number;
  /** Entries of one lane go one after the other; undefined for those that may overtake each other. */
  readonly lane: string | undefined;
  /** The shard that packed records are meant for. */
  readonly shard?: string;
  readonly users: readonly UserRecord[];
}

/** Bytes of a record as the service counts them: data and key. */
export const sizeOf = (data: Uint8Array, key: string): number => data.length + Buffer.byteLength(key);

/** A record that goes by itself. */
export const plainEntry = (user: UserRecord, lane: string | undefined): Entry => ({
  data: user.data,
  key: user.key,
  bytes: sizeOf(user.data, user.key),
  lane,
  users: [user],
});
