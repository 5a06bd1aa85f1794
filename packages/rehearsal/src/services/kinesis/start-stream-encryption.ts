import { StartStreamEncryption$, type StartStreamEncryptionInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { ENCRYPTION, STREAM } from "./bounds.ts";
import { refuseOtherThanKms, useKey } from "./encryption.ts";
import { findStream, refuseUnlessActive } from "./find-stream.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members: records that are there already stay as they are. */
export const startStreamEncryption = defineOperation<StartStreamEncryptionInput, object>(StartStreamEncryption$, {
  bounds: { ...STREAM, ...ENCRYPTION },
  run(input, call) {
    const stream = findStream(call, input);
    refuseOtherThanKms(input.EncryptionType);
    refuseUnlessActive(call, stream);
    useKey(call, input.KeyId, "kms:GenerateDataKey");
    beginChange(call, stream, () => void (stream.keyId = input.KeyId));
    return {};
  },
});
