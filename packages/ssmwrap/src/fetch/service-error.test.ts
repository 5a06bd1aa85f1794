import { expect, it } from "vitest";
import { adviseOnCall, serviceError } from "./service-error.ts";

const at = new Date("2026-01-02T03:04:05Z");
const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  body,
  header: (name: string) => headers[name],
});

it.each([
  [
    "the type in the body",
    answer(400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'),
    "ThrottlingException",
    "Rate exceeded",
  ],
  [
    "a namespace before the type",
    answer(400, '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}'),
    "AccessDeniedException",
    "no",
  ],
  [
    "the type in the header, with an address after it",
    answer(400, "{}", { "x-amzn-errortype": "ValidationException:http://internal/x" }),
    "ValidationException",
    "",
  ],
  [
    "the query protocol",
    answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>"),
    "AccessDenied",
    "not you",
  ],
  ["a body that is nothing of the kind", answer(502, "<html>bad gateway</html>"), "HTTP 502", ""],
  ["an empty body", answer(503, ""), "HTTP 503", ""],
])("reads %s", (_what, response, code, text) => {
  expect(serviceError(response, at)).toMatchObject({ code, text, status: response.status });
});

it("reads how long to wait and how wrong the clock is", () => {
  const error = serviceError(answer(400, "{}", { "x-amz-retry-after": "1500", date: "Fri, 02 Jan 2026 04:04:05 GMT" }), at);
  expect([error.retryAfterMs, error.skewMs]).toEqual([1500, 3_600_000]);
});

it.each([
  ["ThrottlingException", 400, "throttled"],
  ["TooManyRequestsException", 429, "throttled"],
  ["Unknown", 429, "throttled"],
  ["InternalServerError", 500, "transient"],
  ["RequestTimeout", 400, "transient"],
  ["AccessDeniedException", 400, undefined],
  ["ValidationException", 400, undefined],
])("%s with status %d is %s", (code, status, kind) => {
  expect(adviseOnCall(serviceError(answer(status, JSON.stringify({ __type: code })), at))?.kind).toBe(kind);
});

it("takes anything that is no answer for something that may pass", () => {
  expect(adviseOnCall(new TypeError("fetch failed"))).toEqual({ kind: "transient" });
});
