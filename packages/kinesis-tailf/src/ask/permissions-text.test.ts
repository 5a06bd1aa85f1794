import { expect, it } from "vitest";
import type { Permission } from "./permission.ts";
import { likelyArn, permissionsText } from "./permissions-text.ts";

const arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";
const ok = (action: string): Permission => ({ action, verdict: "ok" });
const missing = (action: string): Permission => ({ action, verdict: "missing" });

it("shows one permission a line, and no statement when none is missing", () => {
  const permissions: Permission[] = [
    ok("kinesis:ListShards"),
    ok("kinesis:GetRecords"),
    { action: "kms:Decrypt", verdict: "not checked", note: "only reading shows it" },
  ];
  expect(permissionsText(permissions, arn)).toMatchInlineSnapshot(`
    "ok           kinesis:ListShards
    ok           kinesis:GetRecords
    not checked  kms:Decrypt         only reading shows it
    "
  `);
});

it("ends with the statement that allows what is missing", () => {
  expect(permissionsText([missing("kinesis:ListShards"), ok("kinesis:GetRecords"), missing("kinesis:GetShardIterator")], arn))
    .toMatchInlineSnapshot(`
      "missing      kinesis:ListShards
      ok           kinesis:GetRecords
      missing      kinesis:GetShardIterator

      the caller's policy lacks this statement:
      {
        "Effect": "Allow",
        "Action": [
          "kinesis:ListShards",
          "kinesis:GetShardIterator"
        ],
        "Resource": "arn:aws:kinesis:eu-west-1:123456789012:stream/orders"
      }
      "
    `);
});

it("allows actions on consumers on the consumers of the stream too", () => {
  expect(permissionsText([missing("kinesis:SubscribeToShard")], arn)).toMatchInlineSnapshot(`
    "missing      kinesis:SubscribeToShard

    the caller's policy lacks this statement:
    {
      "Effect": "Allow",
      "Action": [
        "kinesis:SubscribeToShard"
      ],
      "Resource": [
        "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
        "arn:aws:kinesis:eu-west-1:123456789012:stream/orders/consumer/*"
      ]
    }
    "
  `);
});

it.each([
  ["eu-west-1", "arn:aws:kinesis:eu-west-1:*:stream/orders"],
  ["cn-north-1", "arn:aws-cn:kinesis:cn-north-1:*:stream/orders"],
  ["us-gov-west-1", "arn:aws-us-gov:kinesis:us-gov-west-1:*:stream/orders"],
])("leaves the account of a stream in %s open whose ARN it was not told", (region, expected) => {
  expect(likelyArn("orders", region)).toBe(expected);
});
