import { errorTypeRegistries } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { AwsError } from "./aws-error.ts";
import { jsonProtocol } from "./json-protocol.ts";
import type { Service } from "./service.ts";

it("repeats the old spelling of an error for services that once spoke the query protocol", () => {
  const service: Service = {
    name: "x",
    speech: { protocol: "json", version: "1.0", targetPrefix: "X" },
    operations: new Map(),
    exceptions: errorTypeRegistries,
    isQueryCompatible: true,
  };
  const answer = jsonProtocol.encodeError(new AwsError("InternalServerError", "oops"), { service, operation: "Do" }, "id");
  expect(answer).toEqual({
    status: 500,
    headers: [
      ["x-amzn-RequestId", "id"],
      ["Content-Type", "application/x-amz-json-1.0"],
      ["x-amzn-query-error", "InternalServerError;Receiver"],
    ],
    body: '{"__type":"InternalServerError","Message":"oops"}',
  });
});
