import * as z from "zod";
import { streamName, streamSchema } from "../services/kinesis/stream-schema.ts";

const text = z.string();

const regionName = text.regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, "expected a region such as ap-northeast-1");

const parameterName = text.regex(
  /^(?:[\w.-]+|(?:\/[\w.-]+)+|arn:aws[\w-]*:ssm:[a-z0-9-]+:\d{12}:parameter(?:\/[\w.-]+)+)$/,
  "expected a parameter name or the ARN of a shared parameter",
);

/** A parameter's value, or everything about it. */
const parameterDetails = z
  .strictObject({
    value: text.min(1).describe("the newest value"),
    type: z.enum(["String", "StringList", "SecureString"]).default("String"),
    keyId: text.optional().describe("KMS key of a SecureString; alias/aws/ssm when absent"),
    description: text.optional(),
    allowedPattern: text.optional(),
    tier: z.enum(["Standard", "Advanced", "Intelligent-Tiering"]).optional(),
    dataType: text.optional(),
    labels: z.array(text).default([]).describe("labels of the newest version"),
    tags: z.record(text, text).default({}),
    history: z
      .array(z.strictObject({ value: text.min(1), labels: z.array(text).default([]) }))
      .default([])
      .describe("older versions, oldest first; the newest follows them"),
  })
  .describe("a parameter with all its details");

const secretName = text.regex(/^[\w/+=.@!-]{1,512}$/, "expected a secret's name: letters, digits and /_+=.@!-");

const secretDetails = z
  .strictObject({
    value: text.min(1).optional().describe("the current text"),
    binary: text.optional().describe("the current bytes, in base64"),
    previous: text.optional().describe("the text of the version at AWSPREVIOUS"),
    description: text.optional(),
    kmsKeyId: text.optional(),
    tags: z.record(text, text).default({}),
  })
  .describe("a secret with all its details");

const resources = {
  parameters: z
    .record(parameterName, z.union([text.min(1), parameterDetails]))
    .optional()
    .describe("parameters by name; a full ARN of another account makes a parameter shared by it"),
  secrets: z
    .record(secretName, z.union([text.min(1), secretDetails]))
    .optional()
    .describe("secrets by name"),
  streams: z.record(streamName, streamSchema).optional().describe("Kinesis data streams by name"),
};

export const faultSchema = z
  .strictObject({
    service: text.min(1).describe("such as ssm, secretsmanager, sts, imds, container-credentials; * for all"),
    operation: text.min(1).default("*").describe("an API action; * and ? as in IAM"),
    kind: z.enum(["throttle", "error", "slow", "cut", "lost-answer", "empty-page", "expired-iterator", "partial"]),
    share: z.number().gt(0).max(1).optional().describe("partial: share of the entries that fail; half of them when absent"),
    rate: z.number().min(0).max(1).optional().describe("share of the matching calls that fail"),
    times: z.int().min(1).optional().describe("how often before the fault is used up"),
    after: z.int().min(0).optional().describe("how many matching calls pass first"),
    ms: z.number().min(0).optional().describe("slow: real milliseconds of delay"),
    code: text.min(1).optional().describe("throttle, error, partial: the exception's name"),
    message: text.optional().describe("throttle, error, partial: the text"),
    status: z.int().min(400).max(599).optional().describe("error: the HTTP status"),
    limit: z
      .strictObject({ perSecond: z.number().positive(), burst: z.number().min(0) })
      .optional()
      .describe("throttle: only above this rate, on the world's clock"),
  })
  .describe("a rule that makes calls fail");

/** A fault as people write it. */
export type FaultInput = z.input<typeof faultSchema>;

/** The world file. Every part is optional; a part that is absent is the default world's. */
export const worldSchema = z
  .strictObject({
    region: regionName.optional().describe("the home region"),
    account: text.regex(/^\d{12}$/, 'expected an account of twelve digits, quoted: "123456789012"').optional(),
    ...resources,
    regions: z.record(regionName, z.strictObject(resources)).optional().describe("resources of other regions"),
    kms: z
      .strictObject({
        keys: z
          .record(
            text,
            z.strictObject({
              state: z.enum(["enabled", "disabled", "pending-deletion"]).default("enabled"),
              deny: z.boolean().default(false),
            }),
          )
          .default({})
          .describe("keys by alias (alias/app) or id"),
      })
      .optional(),
    access: z
      .array(
        z.strictObject({
          deny: text.min(1).describe("an action, * as in IAM"),
          on: text.min(1).default("*").describe("an ARN pattern or a name pattern such as /prod/*"),
        }),
      )
      .optional()
      .describe("what the caller may not do"),
    instance: z
      .strictObject({
        id: text.regex(/^i-[0-9a-f]{8,17}$/, "expected an instance id such as i-0123456789abcdef0").optional(),
        type: text.optional(),
        imageId: text.optional(),
        availabilityZone: text.optional(),
        privateIp: z.ipv4().optional(),
        role: text.nullable().optional().describe("the instance profile's role; null for none"),
        lifecycle: z.enum(["on-demand", "spot"]).optional(),
        tokens: z.enum(["required", "optional"]).optional().describe("whether metadata requests need a token (IMDSv2 only)"),
        metadata: z
          .enum(["on", "off", "too-far"])
          .optional()
          .describe("off answers 403; too-far lets token requests hang, as a hop limit of 1 does behind a bridge"),
      })
      .optional()
      .describe("the instance whose metadata is served"),
    task: z.strictObject({ role: text.optional() }).optional().describe("the task whose credentials the container endpoint serves"),
    faults: z.array(faultSchema).optional(),
  })
  .meta({ title: "rehearsal world", description: "The world that rehearsal plays" });

/** A world as people write it. */
export type WorldInput = z.input<typeof worldSchema>;
export type WorldDescription = z.output<typeof worldSchema>;

/** The JSON Schema of the world file, for editors and for the docs. */
export function worldJsonSchema(): object {
  return z.toJSONSchema(worldSchema, { io: "input" });
}
