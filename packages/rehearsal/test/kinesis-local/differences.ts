/** Where the two sides differ, and why ours stands. */
export interface Difference {
  /** Names of the errors, or "an answer". */
  readonly ours?: string;
  readonly theirs?: string;
  /** Members that are left out of the comparison. */
  readonly omit?: readonly string[];
  readonly source: string;
}

/** Broken bounds of the model: the API reference lists them as constraints, and services refuse them before anything else. */
const bounds = (theirs = "InvalidArgumentException"): Difference => ({
  ours: "ValidationException",
  theirs,
  source: "API reference, Common Errors: ValidationException for input that fails the constraints of the service",
});

/** The deliberate differences, by the title of the question. */
export const differences: Readonly<Record<string, Difference>> = {
  "create one with a bad name": bounds(),
  "create one without shards": bounds("LimitExceededException"),
  "put a hash key that is none": bounds(),
  "put a long key": bounds(),
  "put none": bounds("an answer"),
  "read too many": bounds(),
  "read after a foreign number": {
    ours: "InvalidArgumentException",
    theirs: "ResourceNotFoundException",
    source: "API reference, GetShardIterator: a ResourceNotFoundException is about streams, an InvalidArgumentException about parameters",
  },
  "read with a made-up iterator": {
    ours: "InvalidArgumentException",
    theirs: "Unknown",
    source: "API reference, GetRecords: the emulator's error has no name at all",
  },
  "split at an edge": {
    ours: "InvalidArgumentException",
    theirs: "an answer",
    source: "API reference, SplitShard: the new hash key lies inside the shard's range, so that both children have keys",
  },
  "split a closed shard": {
    ours: "InvalidArgumentException",
    theirs: "ResourceInUseException",
    source: "API reference, SplitShard: ResourceInUseException is about a stream that is not ACTIVE",
  },
  "scale up": {
    omit: ["StreamARN"],
    source: "API reference, UpdateShardCount: the answer has a StreamARN",
  },
  "scale too far": {
    ours: "LimitExceededException",
    theirs: "InvalidArgumentException",
    source: "API reference, UpdateShardCount: scaling to more than double is listed among the action's limits",
  },
  "subscribe to a closed shard": {
    omit: ["ChildShards", "ContinuationSequenceNumber"],
    source: "API reference, SubscribeToShardEvent: ChildShards come at the end of the shard; the emulator never says that it is reached",
  },
  "put encrypted": {
    omit: ["ShardId"],
    source: "In which order a change of the shard count numbers its shards is not documented; here it goes by hash key",
  },
  "allow larger records": {
    omit: ["StreamARN"],
    source: "API reference, UpdateMaxRecordSize: the answer is empty",
  },
  "list consumers": {
    omit: ["NextToken"],
    source: "API reference, ListStreamConsumers: a NextToken means that there are more consumers, and there are none",
  },
};
