import { DescribeStreamConsumerCommand, type KinesisClient, SubscribeToShardCommand } from "@aws-sdk/client-kinesis";
import type { Permission } from "./permission.ts";
import type { ReadTrials } from "./read-permissions.ts";
import { tryAction, type Trial, type Trying, unchecked } from "./try-action.ts";

/** A name to ask for when the user has named no consumer; that there is none of this name is an answer too. */
const anyName = "kinesis-tailf-check";

interface Consumer {
  readonly name: string;
  readonly arn: string | undefined;
  readonly isActive: boolean;
}

/** Try what `-efu` calls besides: only describing and subscribing can be tried, since the other two would take effect. `named` is a consumer's name or ARN. */
export async function tryFanOut(
  client: KinesisClient,
  named: string | undefined,
  { arn, shard }: Pick<ReadTrials, "arn" | "shard">,
  trying: Trying,
): Promise<Permission[]> {
  const { permission, consumer } = await describe(client, named ?? anyName, arn, trying);
  const subscribe = async (): Promise<Permission> => {
    const action = "kinesis:SubscribeToShard";
    const { arn: ConsumerARN, isActive } = consumer;
    if (ConsumerARN === undefined)
      return unchecked(action, `needs a consumer, and ${named === undefined ? "none was named" : `${named} is not known`}`);
    if (!isActive) return unchecked(action, `needs an active consumer, and ${consumer.name} is not`);
    if (shard === undefined) return unchecked(action, "needs the id of a shard, and none was told");
    const input = { ConsumerARN, ShardId: shard, StartingPosition: { Type: "LATEST" }, DryRun: true } as const;
    return (
      await tryAction("SubscribeToShard", () => client.send(new SubscribeToShardCommand(input), { abortSignal: trying.signal }), trying)
    ).permission;
  };
  return [
    unchecked("kinesis:RegisterStreamConsumer", "would register a consumer, which costs money"),
    permission,
    await subscribe(),
    unchecked("kinesis:DeregisterStreamConsumer", "would take the consumer away"),
  ];
}

async function describe(
  client: KinesisClient,
  name: string,
  streamArn: string | undefined,
  trying: Trying,
): Promise<{ readonly permission: Permission; readonly consumer: Consumer }> {
  const operation = "DescribeStreamConsumer";
  const isArn = name.startsWith("arn:");
  const unknown = { name, arn: undefined, isActive: false };
  if (!isArn && streamArn === undefined)
    return { permission: unchecked(`kinesis:${operation}`, "needs the stream's ARN, and it was not told"), consumer: unknown };
  const input = isArn ? { ConsumerARN: name } : { StreamARN: streamArn, ConsumerName: name };
  const trial: Trial<Consumer> = await tryAction(
    operation,
    async () => {
      const command = new DescribeStreamConsumerCommand(input);
      try {
        const { ConsumerDescription: found } = await client.send(command, { abortSignal: trying.signal });
        return { name, arn: found?.ConsumerARN, isActive: found?.ConsumerStatus === "ACTIVE" };
      } catch (error) {
        // Who is told that there is no such consumer may ask.
        if (error instanceof Error && error.name === "ResourceNotFoundException") return unknown;
        throw error;
      }
    },
    trying,
  );
  return { permission: trial.permission, consumer: trial.answer ?? unknown };
}
