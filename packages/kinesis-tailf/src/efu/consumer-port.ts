import {
  type ConsumerStatus,
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  type KinesisClient,
  RegisterStreamConsumerCommand,
} from "@aws-sdk/client-kinesis";
import { translate } from "../service/translate.ts";

/** A consumer as the service has it. */
interface KnownConsumer {
  readonly arn: string;
  readonly status: ConsumerStatus;
}

/** The consumers of one stream. Every call is one attempt: it rejects with `Trouble` or, for what nobody can mend, with `ToolError`. */
export interface ConsumerPort {
  /** Undefined when there is none of this name. */
  describe(name: string, signal: AbortSignal): Promise<KnownConsumer | undefined>;
  /** `exists` when the name is taken, `full` when the stream takes no further consumer now. */
  register(name: string, signal: AbortSignal): Promise<KnownConsumer | "exists" | "full">;
  /** Resolves also when there is none. */
  deregister(consumer: ConsumerAddress, signal: AbortSignal): Promise<void>;
}

/** A consumer by its ARN or, where that is not known, by its stream and name. */
interface ConsumerAddress {
  readonly streamArn: string;
  readonly name: string;
  readonly arn: string | null;
}

export function consumerPort(client: KinesisClient, StreamARN: string): ConsumerPort {
  const attempt = async <T, Known>(
    operation: string,
    known: Readonly<Record<string, Known>>,
    call: () => Promise<T>,
  ): Promise<T | Known> => {
    try {
      return await call();
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      const outcome = Object.entries(known).find(([key]) => key === name);
      if (outcome !== undefined) return outcome[1];
      throw translate(`kinesis:${operation}`, StreamARN, error);
    }
  };
  return {
    describe: (ConsumerName, abortSignal) =>
      attempt("DescribeStreamConsumer", { ResourceNotFoundException: undefined }, async () => {
        const command = new DescribeStreamConsumerCommand({ StreamARN, ConsumerName });
        const { ConsumerDescription: found } = await client.send(command, { abortSignal });
        return { arn: found?.ConsumerARN ?? "", status: found?.ConsumerStatus ?? "CREATING" };
      }),
    register: (ConsumerName, abortSignal) =>
      attempt("RegisterStreamConsumer", { ResourceInUseException: "exists", LimitExceededException: "full" } as const, async () => {
        const { Consumer: made } = await client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName }), { abortSignal });
        return { arn: made?.ConsumerARN ?? "", status: made?.ConsumerStatus ?? "CREATING" };
      }),
    deregister: ({ streamArn, name, arn }, abortSignal) =>
      attempt("DeregisterStreamConsumer", { ResourceNotFoundException: undefined }, async () => {
        const address = arn === null ? { StreamARN: streamArn, ConsumerName: name } : { ConsumerARN: arn };
        await client.send(new DeregisterStreamConsumerCommand(address), { abortSignal });
      }),
  };
}
