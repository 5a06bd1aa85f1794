/** Where a record comes from. */
export interface Origin {
  /** The stream as the user named it. */
  readonly stream: string;
  readonly shard: string;
}

/** A key for maps; no name of a stream has a space in it. */
export const keyOf = ({ stream, shard }: Origin): string => `${stream} ${shard}`;
