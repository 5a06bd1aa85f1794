import type { WorldInput } from "./schema.ts";

/** The article's world, as far as its services are played. */
export const defaultWorld = {
  region: "ap-northeast-1",
  account: "123456789012",
  parameters: {
    "/prod/DB_HOST": "db.prod.internal",
    "/prod/DB_PASSWORD": { value: "correct-horse-battery-staple", type: "SecureString" },
    "/prod/nested/API_KEY": { value: "ak-0123456789", type: "SecureString" },
  },
  secrets: {},
  streams: { "docker-logs": { shards: 2 } },
  regions: {},
  kms: { keys: { "alias/app": {} } },
  access: [],
  instance: {
    id: "i-0123456789abcdef0",
    type: "m7g.large",
    imageId: "ami-0123456789abcdef0",
    availabilityZone: "ap-northeast-1a",
    privateIp: "10.0.1.23",
    role: "ecsInstanceRole",
    lifecycle: "spot",
    tokens: "required",
    metadata: "on",
  },
  task: { role: "app-task-role" },
  faults: [],
} satisfies Required<WorldInput>;
