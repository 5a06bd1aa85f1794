import { StopStreamEncryption$, type StopStreamEncryptionInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { ENCRYPTION, STREAM } from "./bounds.ts";
import { refuseOtherThanKms } from "./encryption.ts";
import { findStream, refuseUnlessActive } from "./find-stream.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members. KeyId is not compared with the stream's key. */
export const stopStreamEncryption = defineOperation<StopStreamEncryptionInput, object>(StopStreamEncryption$, {
  bounds: { ...STREAM, ...ENCRYPTION },
  run(input, call) {
    const stream = findStream(call, input);
    refuseOtherThanKms(input.EncryptionType);
    refuseUnlessActive(call, stream);
    beginChange(call, stream, () => void (stream.keyId = undefined));
    return {};
  },
});
