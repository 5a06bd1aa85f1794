import { PutRecordBatch$, type PutRecordBatchInput, type PutRecordBatchOutput } from "@aws-sdk/client-firehose";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { NAME } from "./delivery-stream.ts";
import { deliver, findOpenStream, RECORD } from "./delivery.ts";

/** The most that one request carries (the model's text: 4 MB; read as MiB, as the quotas page has it). */
const REQUEST_BYTES = 4 * 1024 * 1024;

/** Source: the model's texts of the action and its members. Entries fail alone only by a `partial` fault; the sentences are guesses. */
export const putRecordBatch = defineOperation<PutRecordBatchInput, PutRecordBatchOutput>(PutRecordBatch$, {
  bounds: { DeliveryStreamName: NAME, Records: { min: 1, max: 500, each: RECORD } },
  isBatch: true,
  run(input, call) {
    const stream = findOpenStream(call, input.DeliveryStreamName);
    const bytes = input.Records.reduce((sum, { Data }) => sum + Data.byteLength, 0);
    if (bytes > REQUEST_BYTES) {
      throw new AwsError("InvalidArgumentException", `Request size ${bytes} bytes exceeds the limit of ${REQUEST_BYTES} bytes.`);
    }
    const failures = call.pickFailures(input.Records.length);
    const responses = input.Records.map(({ Data }, at) => {
      const failure = failures.get(at);
      if (failure === undefined) return { RecordId: deliver(call, stream, Data) };
      return { ErrorCode: failure.code ?? "ServiceUnavailableException", ErrorMessage: failure.message ?? "Slow down." };
    });
    return { FailedPutCount: failures.size, Encrypted: false, RequestResponses: responses };
  },
});
