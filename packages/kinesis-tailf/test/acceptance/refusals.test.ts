import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStreamCommand, DeleteStreamCommand } from "@aws-sdk/client-kinesis";
import { describe, expect, it } from "vitest";
import { inShard, linesOf, type Scene, scene } from "./support/scene.ts";

const inBoth = {
  shards: 2,
  records: [
    { key: "k", ehk: inShard(0, 2), data: "in 0", at: "-1m" },
    { key: "k", ehk: inShard(1, 2), data: "in 1", at: "-1m" },
  ],
};
const fromOldest = ["-stream=s", "-from=horizon", "-follow=false", "-lf"];

describe("what cannot be read to its end", () => {
  it("is one shard of several: the others are printed, and it is named (exit 10, K6)", async () => {
    await using world = await scene({ s: inBoth });
    world.aws.fault({ service: "kinesis", operation: "GetShardIterator", kind: "error", code: "AccessDeniedException", times: 1 });
    const { code, out, err } = await world.run(fromOldest);
    const [, readable = ""] = /^in ([01])\n$/.exec(out) ?? [];
    const refused = `shardId-00000000000${1 - Number(readable)}`;
    expect([code, err]).toEqual([
      10,
      `kinesis-tailf: warning: kinesis:GetShardIterator on s was refused shard=${refused}\n` +
        `kinesis-tailf: error: not read to the end: ${refused}\n` +
        "kinesis-tailf: error: kinesis:GetShardIterator on s was refused\n",
    ]);
  });

  it("is every shard, for several causes: all are named (exit 10, K6)", async () => {
    await using world = await scene({ s: inBoth });
    world.aws.fault({ service: "kinesis", operation: "GetShardIterator", kind: "error", code: "AccessDeniedException", times: 1 });
    world.aws.deny("kinesis:GetRecords", "*");
    const { code, out, err } = await world.run(fromOldest);
    const last = linesOf(err).slice(-3);
    expect([code, out]).toEqual([10, ""]);
    expect(last[0]).toMatch(/^kinesis-tailf: error: not read to the end: shardId-00000000000([01]), shardId-00000000000(?!\1)[01]$/);
    expect(last.slice(1).sort()).toEqual([
      "kinesis-tailf: error: kinesis:GetRecords on s was refused",
      "kinesis-tailf: error: kinesis:GetShardIterator on s was refused",
    ]);
  });

  it("is every shard, for want of one permission: that is named (exit 1)", async () => {
    await using world = await scene({ s: inBoth });
    world.aws.deny("kinesis:GetRecords", "*");
    const { code, out, err } = await world.run(fromOldest);
    expect([code, out, linesOf(err).slice(-2)]).toEqual([
      1,
      "",
      ["kinesis-tailf: error: kinesis:GetRecords on s was refused", "kinesis-tailf: hint: allow kinesis:GetRecords on s"],
    ]);
  });

  it.each([
    ["may not be used", { deny: true }, "KMSAccessDeniedException"],
    ["is disabled", { state: "disabled" as const }, "KMSDisabledException"],
    ["is pending deletion", { state: "pending-deletion" as const }, "KMSInvalidStateException"],
  ])("is an encrypted stream whose key %s: the key is named (exit 1)", async (_what, key, name) => {
    await using world = await scene({ s: { ...inBoth, encryption: "alias/app" } }, { kms: { keys: { "alias/app": key } } });
    const { code, out, err } = await world.run(fromOldest);
    const arn = "arn:aws:kms:ap-northeast-1:123456789012:alias/app";
    expect([code, out, linesOf(err).slice(-2)]).toEqual([
      1,
      "",
      [
        `kinesis-tailf: error: records cannot be decrypted with ${arn} (${name})`,
        `kinesis-tailf: hint: allow kms:Decrypt on ${arn}, and check that it is enabled`,
      ],
    ]);
  });

  it("is nothing where KMS is only busy", async () => {
    await using world = await scene({ s: inBoth });
    world.aws.fault({ service: "kinesis", operation: "GetRecords", kind: "error", code: "KMSThrottlingException", times: 4 });
    const { code, out, err } = await world.run(fromOldest);
    expect([code, linesOf(out).sort(), err]).toEqual([0, ["in 0", "in 1"], ""]);
  });
});

describe("a stream that is followed", () => {
  /** Follow until the stream is not what it was, which happens when the first record is printed. */
  async function followThrough(world: Scene, change: () => Promise<void>) {
    let changed: Promise<void> | undefined;
    const takes = (): Promise<void> => (changed ??= change());
    return world.run(["-stream=s", "-from=horizon", "-lf", "-timeout=10m"], { takes });
  }
  const remove = async (world: Scene): Promise<void> => {
    await world.client.send(new DeleteStreamCommand({ StreamName: "s" }));
    world.aws.clock.advance(1000);
  };
  const one = { records: [{ key: "k", data: "a", at: "-1m" }] };

  it("and deleted ends the run (exit 1)", async () => {
    await using world = await scene({ s: one });
    expect(await followThrough(world, () => remove(world))).toMatchObject({
      code: 1,
      out: "a\n",
      err: "kinesis-tailf: error: the stream s was deleted\n",
    });
  });

  it("and deleted ends the run with what -order time held back of other streams (exit 1)", async () => {
    // More than an answer holds: the stream is behind, and the other one's record waits for it.
    const behind = Array.from({ length: 12 }, (_, at) => ({ key: "k", data: `${at}`.padEnd(1_000_000, "."), at: `-${120 - at}s` }));
    await using world = await scene({ s: { records: behind }, other: { records: [{ key: "k", data: "held back", at: "-1m" }] } });
    let removed: Promise<void> | undefined;
    // The reader takes its time.
    const takes = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      await (removed ??= remove(world));
    };
    const run = await world.run(["-stream=s,other", "-from=horizon", "-order=time", "-order-window=5m", "-lf"], { takes });
    expect([run.code, run.err, linesOf(run.out).at(-1)]).toEqual([1, "kinesis-tailf: error: the stream s was deleted\n", "held back"]);
  });

  it("and made again under its name ends the run (exit 1)", async () => {
    await using world = await scene({ s: one });
    const again = async (): Promise<void> => {
      await remove(world);
      await world.client.send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 }));
      world.aws.clock.advance(1000);
    };
    expect(await followThrough(world, again)).toMatchObject({
      code: 1,
      out: "a\n",
      err:
        "kinesis-tailf: error: the stream s was deleted, and another one of this name was made\n" +
        "kinesis-tailf: hint: start again to read the new one\n",
    });
  });
});

describe("credentials that expire in the middle", () => {
  const early = { key: "k", data: "early", at: "-1m" };
  const told =
    "kinesis-tailf: warning: kinesis:GetRecords was refused: ExpiredTokenException; trying for ten minutes\n" +
    "kinesis-tailf: hint: sign in again, with aws sso login or aws login, or renew the keys in the environment\n";
  const expire = (world: Scene, times?: number): void =>
    world.aws.fault({
      service: "kinesis",
      operation: "GetRecords",
      kind: "error",
      code: "ExpiredTokenException",
      status: 400,
      after: 3,
      ...(times === undefined ? {} : { times }),
    });

  it("are told of once, with the command to type, and waited for", async () => {
    await using world = await scene({ s: { records: [early, { key: "k", data: "late", at: "2m" }] } });
    expire(world, 20);
    expect(await world.run(["-stream=s", "-from=horizon", "-lf", "-n=2"])).toMatchObject({ code: 0, out: "early\nlate\n", err: told });
  });

  // Some hundred calls, as of ten minutes: the longest of these tests.
  it("end the run after ten minutes (exit 1)", async () => {
    await using world = await scene({ s: { records: [early] } });
    expire(world);
    const { code, out, err } = await world.run(["-stream=s", "-from=horizon", "-lf"]);
    expect([code, out, linesOf(err).slice(2)]).toEqual([
      1,
      "early\n",
      [
        "kinesis-tailf: error: kinesis:GetRecords was refused: ExpiredTokenException",
        "kinesis-tailf: hint: sign in again, with aws sso login or aws login, or renew the keys in the environment",
      ],
    ]);
    const minutes = (world.aws.clock.now().getTime() - Date.parse(world.at(0))) / 60_000;
    expect([minutes >= 10, minutes < 11]).toEqual([true, true]);
  });
});

it.each([[[]], [["DescribeStreamSummary", "DescribeStream"]]])(
  "a stream that is being created is named as that, and to be tried again (exit 1; without %j)",
  async (denied) => {
    await using world = await scene({});
    for (const action of denied) world.aws.deny(`kinesis:${action}`, "*");
    await world.client.send(new CreateStreamCommand({ StreamName: "new", ShardCount: 1 }));
    expect(await world.run(["-stream=new"])).toMatchObject({
      code: 1,
      out: "",
      err: "kinesis-tailf: error: the stream new is being created\nkinesis-tailf: hint: try again in a moment\n",
    });
  },
);

it("a region of another partition than the ARN's is a usage error, and nothing is called (exit 2)", async () => {
  await using world = await scene({ s: inBoth });
  const { code, out, err } = await world.run(["-stream=arn:aws:kinesis:ap-northeast-1:123456789012:stream/s"], {
    env: { AWS_REGION: "cn-north-1", AWS_ENDPOINT_URL: "" },
  });
  expect([code, out, linesOf(err)[1]]).toEqual([2, "", "kinesis-tailf: hint: check -stream and -region"]);
  expect(world.aws.journal).toEqual([]);
});

it("an SSO session that is over is told with the command that renews it (exit 1)", async () => {
  await using world = await scene({ s: inBoth });
  const home = mkdtempSync(join(tmpdir(), "kinesis-tailf-"));
  try {
    mkdirSync(join(home, ".aws"));
    writeFileSync(
      join(home, ".aws/config"),
      "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = reader\nregion = ap-northeast-1\n" +
        "[sso-session corp]\nsso_region = ap-northeast-1\nsso_start_url = https://corp.awsapps.com/start\n",
    );
    const env = { HOME: home, AWS_CONFIG_FILE: join(home, ".aws/config"), AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const { code, out, err } = await world.run(["-stream=s", "-profile=dev", "-follow=false"], { env });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^kinesis-tailf: error: no AWS credentials: .*\bdev\b.*\nkinesis-tailf: hint: sign in, with aws sso login .*\n$/);
  } finally {
    rmSync(home, { recursive: true });
  }
});

it("-shard-key is refused where the service passes over keys (exit 2), and reads its shard with -force", async () => {
  await using world = await scene({
    s: {
      mode: "on-demand",
      shards: 2,
      distribution: "auto",
      records: [
        { data: "a", at: "-1m" },
        { data: "b", at: "-1m" },
      ],
    },
  });
  const refused = await world.run([...fromOldest, "-shard-key=k"]);
  expect([refused.code, refused.out, linesOf(refused.err).slice(0, 2)]).toEqual([
    2,
    "",
    [
      "kinesis-tailf: error: -shard-key finds nothing on this stream: the service spreads its records itself (AUTO) and passes over partition keys",
      "kinesis-tailf: hint: use -key for the records with a key, or -force to read the shard all the same",
    ],
  ]);
  // The MD5 of "k" begins with 8c: its shard is the second one.
  expect(await world.run([...fromOldest, "-shard-key=k", "-force"])).toMatchObject({ code: 0, out: "b\n", err: "" });
});
