import { AccessDeniedException, DryRunOperationException, ResourceInUseException } from "@aws-sdk/client-kinesis";
import { simulatedClock } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { tryAction } from "./try-action.ts";

const said = { message: "", $metadata: {} };
const trying = { target: "orders", clock: simulatedClock(), signal: new AbortController().signal };
const refused = (cause: Error) => (): Promise<string> => Promise.reject(cause);

it.each([
  ["an answer to a call, or by a service that knows no dry runs", async () => "answer", { verdict: "ok" }, "answer"],
  ["a dry run that would have succeeded", refused(new DryRunOperationException(said)), { verdict: "ok" }, undefined],
  ["a refusal", refused(new AccessDeniedException(said)), { verdict: "missing" }, undefined],
  [
    "something in use",
    refused(new ResourceInUseException(said)),
    { verdict: "not checked", note: "the service was busy with it; try again later" },
    undefined,
  ],
])("judges %s", async (_what, call, judgement, answer) => {
  const trial = await tryAction("GetRecords", call, trying);
  expect([trial.permission, trial.answer]).toEqual([{ action: "kinesis:GetRecords", ...judgement }, answer]);
});

it("ends with the signal's reason when it aborted", async () => {
  const stop = new AbortController();
  const call = (): Promise<string> => {
    stop.abort(new Error("stop"));
    return Promise.reject(new AccessDeniedException(said));
  };
  await expect(tryAction("GetRecords", call, { ...trying, signal: stop.signal })).rejects.toThrow("stop");
});
