import * as z from "zod";
import { MAX_SHARDS } from "./shards.ts";

const text = z.string();

const moment = text
  .regex(/^(?:-?(?:\d+(?:\.\d+)?(?:ms|[smhd]))+|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))$/, {
    error: "expected a duration from the world's start such as 30s or -15m, or a time such as 2026-11-25T10:00:00Z",
  })
  .refine((written) => !/^\d{4}-/.test(written) || !Number.isNaN(Date.parse(written)), "expected a time that there is")
  .describe("a duration from the world's start, negative for the past, or an ISO 8601 time with its zone");

const streamRecord = z
  .strictObject({
    key: text.min(1).max(256).optional().describe("the partition key; only streams with automatic distribution do without"),
    data: text.optional(),
    dataBase64: z.base64().optional(),
    at: moment.default("0s"),
    ehk: text
      .regex(/^(?:0|[1-9]\d{0,38})$/, "expected a hash key in decimal digits")
      .optional()
      .describe("an explicit hash key"),
  })
  .refine(({ data, dataBase64 }) => (data === undefined) !== (dataBase64 === undefined), "expected either data or dataBase64");

const shardId = text.regex(/^shardId-\d{12}$/, "expected a shard id such as shardId-000000000001");

const scriptStep = z.union([
  z.strictObject({ at: moment, split: shardId, hashKey: text.regex(/^\d{1,39}$/).optional() }),
  z.strictObject({ at: moment, merge: z.tuple([shardId, shardId]) }),
  z.strictObject({ at: moment, count: z.int().min(1).max(MAX_SHARDS) }),
]);

/** A stream of the world file. */
export const streamSchema = z
  .strictObject({
    shards: z.int().min(1).max(MAX_SHARDS).optional().describe("1 when absent, 4 of an on-demand stream"),
    mode: z.enum(["provisioned", "on-demand"]).default("provisioned"),
    distribution: z.enum(["by-key", "auto"]).default("by-key").describe("auto ignores partition keys; on-demand streams only"),
    retentionHours: z.int().min(24).max(8760).default(24),
    maxRecordKiB: z.int().min(1024).max(10_240).optional(),
    encryption: text.min(1).optional().describe("the KMS key of an encrypted stream, such as alias/app"),
    tags: z.record(text, text).default({}),
    records: z.array(streamRecord).default([]).describe("records, each at its time"),
    script: z.array(scriptStep).default([]).describe("splits, merges and shard counts, each at its time"),
    limits: z.enum(["on", "off"]).default("on").describe("whether shards have limits of throughput"),
  })
  .refine(({ mode, distribution }) => distribution === "by-key" || mode === "on-demand", "automatic distribution needs an on-demand stream")
  .describe("a Kinesis data stream");

export const streamName = text.regex(/^[a-zA-Z0-9_.-]{1,128}$/, "expected a stream's name: letters, digits and _.-");

export type StreamSeed = z.output<typeof streamSchema>;
