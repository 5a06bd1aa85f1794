import { expect, it } from "vitest";
import { createAccessList } from "./access.ts";

const PARAMETER = "arn:aws:ssm:ap-northeast-1:123456789012:parameter";

it.each([
  ["/prod/*", `${PARAMETER}/prod/x`, true],
  ["/prod/*", `${PARAMETER}/prod`, true],
  ["/prod/*", `${PARAMETER}/production/x`, false],
  ["/prod", `${PARAMETER}/prod/x`, false],
  ["plain", `${PARAMETER}/plain`, true],
  [`${PARAMETER}/prod/*`, `${PARAMETER}/prod/x`, true],
  ["*", `${PARAMETER}/anything`, true],
  ["app/TOKEN", "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:app/TOKEN-AbCdEf", true],
  ["app/*", "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:app/TOKEN-AbCdEf", true],
  ["alias/app", "arn:aws:kms:ap-northeast-1:123456789012:alias/app", true],
  ["deploy", "arn:aws:iam::123456789012:role/deploy", true],
])("a denial on %s covers %s: %s", (resource, arn, expected) => {
  const access = createAccessList([{ action: "svc:*", resource }]);
  expect(access.isDenied("svc:Do", arn)).toBe(expected);
  expect(access.isDenied("other:Do", arn)).toBe(false);
});
