import { errorTypeRegistries } from "@aws-sdk/client-secrets-manager";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { batchGetSecretValue } from "./batch-get-secret-value.ts";
import { createSecret } from "./create-secret.ts";
import { deleteSecret } from "./delete-secret.ts";
import { describeSecret } from "./describe-secret.ts";
import { getSecretValue } from "./get-secret-value.ts";
import { listSecrets } from "./list-secrets.ts";
import { putSecretValue } from "./put-secret-value.ts";

export const secretsManager: Service = {
  name: "secretsmanager",
  speech: { protocol: "json", version: "1.1", targetPrefix: "secretsmanager" },
  operations: byName([batchGetSecretValue, createSecret, deleteSecret, describeSecret, getSecretValue, listSecrets, putSecretValue]),
  exceptions: errorTypeRegistries,
};
