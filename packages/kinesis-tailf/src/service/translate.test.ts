import { KinesisServiceException } from "@aws-sdk/client-kinesis";
import { expect, it } from "vitest";
import type { Position } from "../loop/shard.ts";
import { translate } from "./translate.ts";

const refusal = (name: string, $fault: "client" | "server", httpStatusCode?: number): KinesisServiceException =>
  new KinesisServiceException({ name, message: "m", $fault, $metadata: httpStatusCode === undefined ? {} : { httpStatusCode } });

it.each([
  ["an expired iterator", refusal("ExpiredIteratorException", "client", 400), { kind: "expired" }],
  ["a throttle", refusal("ProvisionedThroughputExceededException", "client", 400), { kind: "throttled" }],
  ["a throttle by KMS", refusal("KMSThrottlingException", "client", 400), { kind: "throttled" }],
  ["what is not there any more", refusal("ResourceNotFoundException", "client", 400), { kind: "gone" }],
  ["an outage", refusal("Unknown", "client", 503), { kind: "transient" }],
  ["an outage that an event stream ends with", refusal("InternalFailureException", "server"), { kind: "transient" }],
  ["a broken connection", new Error("aborted"), { kind: "transient" }],
  ["a refusal", refusal("AccessDeniedException", "client", 400), { kind: "refused", cause: { code: "ACCESS_DENIED" } }],
  ["old credentials", refusal("ExpiredTokenException", "client", 400), { kind: "unsigned" }],
  ["an abort", Object.assign(new Error("stopped"), { name: "AbortError" }), { name: "AbortError" }],
])("knows %s", (_what, error, expected) => {
  expect(translate("kinesis:GetShardIterator", "s", error)).toMatchObject(expected);
});

it.each<readonly [Position, object]>([
  [{ at: "after", sequence: "1" }, { kind: "trimmed" }],
  [{ at: "sequence", sequence: "1" }, { kind: "trimmed" }],
  [{ at: "time", ms: 1 }, { code: "REFUSED" }],
  [{ at: "horizon" }, { code: "REFUSED" }],
])("takes a position that is refused for older than retention when it is a sequence number: %j", (position, expected) => {
  expect(translate("kinesis:GetShardIterator", "s", refusal("InvalidArgumentException", "client", 400), position)).toMatchObject(expected);
});
