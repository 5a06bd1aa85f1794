import { setTimeout as pause } from "node:timers/promises";
import { DescribeStreamSummaryCommand, type KinesisClient, ListStreamConsumersCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../../src/index.ts";
import { kinesis } from "../../src/services/kinesis/kinesis-service.ts";
import { clientsOf } from "../clients.ts";
import { comparable } from "./comparable.ts";
import { type Difference, differences } from "./differences.ts";
import { type Emulator, startKinesisLocal } from "./kinesis-local.ts";
import { questions, type Side } from "./questions.ts";

const ACCOUNT = "123456789012";

let aws: Rehearsal;
let emulator: Emulator;
let sides: { ours: Side; theirs: Side };

beforeAll(async () => {
  aws = await startRehearsal({ clock: "virtual", world: { account: ACCOUNT, streams: {} } });
  emulator = await startKinesisLocal(ACCOUNT, "ap-northeast-1");
  const theirs = clientsOf(emulator).kinesis;
  sides = {
    ours: { kinesis: clientsOf(aws).kinesis, settle: async () => aws.clock.advance(1000) },
    theirs: { kinesis: theirs, settle: (stream) => waitForRest(theirs, stream) },
  };
}, 20_000);

afterAll(async () => {
  await emulator[Symbol.asyncDispose]();
  await aws.stop();
});

/** The emulator's changes take real time, and nothing tells when they are done. */
async function waitForRest(client: KinesisClient, StreamName: string): Promise<void> {
  for (;;) {
    await pause(20);
    const found = await client.send(new DescribeStreamSummaryCommand({ StreamName })).catch(() => undefined);
    const { StreamStatus, StreamARN } = found?.StreamDescriptionSummary ?? {};
    if (StreamStatus === undefined) return;
    if (StreamStatus !== "ACTIVE") continue;
    const { Consumers = [] } = await client.send(new ListStreamConsumersCommand({ StreamARN }));
    if (Consumers.every(({ ConsumerStatus }) => ConsumerStatus === "ACTIVE")) return;
  }
}

type Outcome = { readonly error: string } | { readonly answer: unknown };

const outcomeOf = (asked: Promise<unknown>, { omit }: Difference): Promise<Outcome> =>
  asked.then(
    (answer) => ({ answer: comparable(answer, omit) }),
    (error: Error) => ({ error: error.name }),
  );

const nameOf = (outcome: Outcome): string => ("error" in outcome ? outcome.error : "an answer");

describe("asked the same as kinesis-local, rehearsal answers the same, or differs as the table says", () => {
  it.each(questions)("$title", async ({ title, ask }) => {
    const difference = differences[title] ?? { source: "" };
    const [ours, theirs] = await Promise.all([outcomeOf(ask(sides.ours), difference), outcomeOf(ask(sides.theirs), difference)]);
    // Each question has the shard's budget for itself.
    aws.clock.advance(1000);
    const names = { ours: nameOf(ours), theirs: nameOf(theirs) };
    expect(names).toEqual({ ours: difference.ours ?? names.theirs, theirs: difference.theirs ?? names.ours });
    expect(names.ours === names.theirs ? ours : "different").toEqual(names.ours === names.theirs ? theirs : "different");
  });

  it("in every action that both play", () => {
    const asked = new Set(aws.calls("kinesis:*").map(({ operation }) => operation));
    const missing = [...kinesis.operations.keys()].filter((operation) => !asked.has(operation));
    // The emulator knows no such action.
    expect(missing).toEqual(["UpdateStreamRecordDistributionStrategy"]);
  });

  it("and the table names no question that is not asked", () => {
    const titles = new Set(questions.map(({ title }) => title));
    expect(Object.keys(differences).filter((title) => !titles.has(title))).toEqual([]);
  });
});
