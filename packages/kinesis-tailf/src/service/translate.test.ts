import { KinesisServiceException } from "@aws-sdk/client-kinesis";
import { expect, it } from "vitest";
import { translate } from "./translate.ts";

const refusal = (name: string, $fault: "client" | "server", httpStatusCode?: number): KinesisServiceException =>
  new KinesisServiceException({ name, message: "m", $fault, $metadata: httpStatusCode === undefined ? {} : { httpStatusCode } });

it.each([
  ["an expired iterator", refusal("ExpiredIteratorException", "client", 400), { kind: "expired" }],
  ["a throttle", refusal("ProvisionedThroughputExceededException", "client", 400), { kind: "throttled" }],
  ["a throttle by KMS", refusal("KMSThrottlingException", "client", 400), { kind: "throttled" }],
  ["what is not there any more", refusal("ResourceNotFoundException", "client", 400), { kind: "gone" }],
  ["a position older than retention", refusal("InvalidArgumentException", "client", 400), { kind: "trimmed" }],
  ["an outage", refusal("Unknown", "client", 503), { kind: "transient" }],
  ["an outage that an event stream ends with", refusal("InternalFailureException", "server"), { kind: "transient" }],
  ["a broken connection", new Error("aborted"), { kind: "transient" }],
  ["a refusal", refusal("AccessDeniedException", "client", 400), { kind: "refused", cause: { code: "ACCESS_DENIED" } }],
  ["old credentials", refusal("ExpiredTokenException", "client", 400), { kind: "unsigned" }],
  ["an abort", Object.assign(new Error("stopped"), { name: "AbortError" }), { name: "AbortError" }],
])("knows %s", (_what, error, expected) => {
  expect(translate("kinesis:GetShardIterator", "s", error)).toMatchObject(expected);
});
