import { hash } from "node:crypto";

/** What an aggregated record begins with (awslabs/amazon-kinesis-producer, aggregation-format.md). */
export const magic = Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2);

/** Bytes of the MD5 digest that an aggregated record ends with. */
export const digestLength = 16;

/** Whether the bytes can be an aggregated record: the prefix, a message of at least one byte, a digest. */
export const isFramed = (bytes: Uint8Array): boolean =>
  bytes.length > magic.length + digestLength &&
  bytes[0] === magic[0] &&
  bytes[1] === magic[1] &&
  bytes[2] === magic[2] &&
  bytes[3] === magic[3];

export const md5 = (bytes: Uint8Array): Uint8Array => hash("md5", bytes, "buffer");
