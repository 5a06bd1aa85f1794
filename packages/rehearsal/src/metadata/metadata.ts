import type { Stage } from "../fault/stage.ts";
import type { Handler } from "../http/listener.ts";
import { partitionOf } from "../region.ts";
import { toTimestamp } from "../timestamp.ts";
import type { CompleteWorld } from "../world/complete-world.ts";
import type { World } from "../world/world.ts";
import { createContainerCredentials } from "./container-credentials.ts";
import { createInstanceState, type InstanceState } from "./instance-state.ts";
import { createMetadataService } from "./metadata-service.ts";
import { metadataTree } from "./metadata-tree.ts";
import { roleSession } from "./role-session.ts";

/** What an instance and a task find out about themselves. */
export interface Metadata {
  readonly state: InstanceState;
  readonly imds: Handler;
  readonly containerCredentials: { readonly handler: Handler; readonly path: string; readonly token: string };
}

export function createMetadata({ description, world, stage }: { description: CompleteWorld; world: World; stage: Stage }): Metadata {
  const { instance, task } = description;
  const { account, random, sessions, clock } = world;
  const partition = partitionOf(world.homeRegion);
  const state = createInstanceState();
  const startedAt = clock.now();
  const instanceSession = roleSession(sessions, { partition, account, role: instance.role ?? "", sessionName: instance.id });
  const roleCredentials = (): string => {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = instanceSession();
    const credentials = {
      Code: "Success",
      LastUpdated: toTimestamp(startedAt),
      Type: "AWS-HMAC",
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: toTimestamp(expiration),
    };
    return JSON.stringify(credentials, null, 2);
  };
  const taskId = random.uuid();
  const path = `/v2/credentials/${taskId}`;
  const token = `rehearsal-${random.uuid()}`;
  return {
    state,
    imds: createMetadataService({
      tree: metadataTree({ world: description, state, roleCredentials, startedAt }),
      access: instance.metadata,
      tokens: instance.tokens,
      stage,
      random,
    }),
    containerCredentials: {
      path,
      token,
      handler: createContainerCredentials({
        path,
        token,
        roleArn: `arn:${partition}:iam::${account}:role/${task.role}`,
        session: roleSession(sessions, { partition, account, role: task.role, sessionName: taskId.replaceAll("-", "") }),
        stage,
      }),
    },
  };
}
