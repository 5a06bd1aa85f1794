import type { Bounds } from "../../wire/bounds.ts";

/** Types of the service's model that several actions share. */
export const STREAM_NAME: Bounds = { min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" };
export const STREAM_ARN: Bounds = { min: 1, max: 2048, pattern: "arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+" };
export const STREAM_ID: Bounds = { min: 1, max: 24, pattern: "[a-z0-9]{20}-[a-z0-9]{3}" };
export const SHARD_ID: Bounds = { min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" };
export const HASH_KEY: Bounds = { pattern: "0|([1-9]\\d{0,38})" };
export const SEQUENCE_NUMBER: Bounds = { pattern: "0|([1-9]\\d{0,128})" };
export const NEXT_TOKEN: Bounds = { min: 1, max: 1_048_576 };
/** Refusals of bytes never repeat them. */
export const DATA: Bounds = { min: 0, max: 10_485_760, isSensitive: true };
export const PARTITION_KEY: Bounds = { min: 1, max: 256 };
export const LIST_LIMIT: Bounds = { min: 1, max: 10_000 };
export const TAG_KEY: Bounds = { min: 1, max: 128 };
export const TAGS: Bounds = { min: 1, max: 200, keys: TAG_KEY, values: { min: 0, max: 256 } };
export const MAX_RECORD_SIZE: Bounds = { min: 1024, max: 10_240 };
export const STREAM_MODE: Bounds = { members: { StreamMode: { oneOf: ["PROVISIONED", "ON_DEMAND"] } } };
export const DISTRIBUTION: Bounds = { oneOf: ["AUTO", "USER_PARTITION_KEY"] };
export const ITERATOR_TYPE: Bounds = {
  oneOf: ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"],
};

/** How most requests name their stream. */
export const STREAM = { StreamName: STREAM_NAME, StreamARN: STREAM_ARN, StreamId: STREAM_ID };

export const ENCRYPTION = { EncryptionType: { oneOf: ["NONE", "KMS"] }, KeyId: { min: 1, max: 2048 } };

export const CONSUMER_ARN: Bounds = {
  min: 1,
  max: 2048,
  pattern: "(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.\\-]+\\/consumer\\/[a-zA-Z0-9_.\\-]+:[0-9]+",
};
export const CONSUMER_NAME: Bounds = { min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" };

/** How requests name a consumer. */
export const CONSUMER = { StreamARN: STREAM_ARN, ConsumerName: CONSUMER_NAME, ConsumerARN: CONSUMER_ARN, StreamId: STREAM_ID };
