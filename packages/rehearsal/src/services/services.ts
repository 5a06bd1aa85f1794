import type { Service } from "../wire/service.ts";
import { firehose } from "./firehose/firehose-service.ts";
import { kinesis } from "./kinesis/kinesis-service.ts";
import { secretsManager } from "./secrets-manager/secrets-manager-service.ts";
import { ssm } from "./ssm/ssm-service.ts";
import { sts } from "./sts/sts-service.ts";

/** Every AWS service that is played. A new one is added here, and its state in `world/world.ts`. */
export const services: readonly Service[] = [ssm, secretsManager, sts, kinesis, firehose];
