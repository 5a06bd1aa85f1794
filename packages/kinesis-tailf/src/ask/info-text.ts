import type { Consumer, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import { type KnownShard, percent, shareOf } from "./known-shard.ts";
import { distributionOf } from "../service/record-distribution.ts";
import { shardTree } from "./shard-tree.ts";
import type { StreamFacts } from "./stream-facts.ts";

type Row = readonly [name: string, value: string];

const refusal = (action: string): string => `unknown: kinesis:${action} was refused`;

/** Rows of columns, each as wide as its widest cell, two blanks from the edge and between columns. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd());
}

const hours = (count: number): string => (count % 24 === 0 && count > 24 ? `${count} hours (${count / 24} days)` : `${count} hours`);

function settingRows(settings: Partial<StreamDescriptionSummary>, isWhole: boolean): Row[] {
  const {
    StreamModeDetails: { StreamMode: mode } = {},
    EncryptionType: encryption,
    KeyId: key = "an unnamed key",
    MaxRecordSizeInKiB: limit,
    WarmThroughput: warm,
    ChannelCount: channels,
    EnhancedMonitoring: monitoring = [],
  } = settings;
  const distribution = distributionOf(settings);
  const metrics = monitoring.flatMap(({ ShardLevelMetrics = [] }) => ShardLevelMetrics);
  const ofSummary = (value: string | undefined): string => value ?? (isWhole ? "not told" : refusal("DescribeStreamSummary"));
  const target = warm?.TargetMiBps === undefined || warm.TargetMiBps === warm.CurrentMiBps ? "" : `, on the way to ${warm.TargetMiBps}`;
  return [
    ["ARN", settings.StreamARN ?? "not told"],
    ["status", settings.StreamStatus ?? "not told"],
    ["mode", mode === undefined ? "not told" : mode.toLowerCase().replace("_", " ")],
    ["created", settings.StreamCreationTimestamp?.toISOString() ?? "not told"],
    ["retention", settings.RetentionPeriodHours === undefined ? "not told" : hours(settings.RetentionPeriodHours)],
    ["encryption", encryption === "KMS" ? `KMS with ${key}` : (encryption?.toLowerCase() ?? "not told")],
    ["record limit", ofSummary(limit === undefined ? undefined : `${limit} KiB`)],
    [
      "distribution",
      ofSummary(distribution && `${distribution === "AUTO" ? "by the service, whatever the key" : "by partition key"} (${distribution})`),
    ],
    ...(warm === undefined ? [] : [["warm throughput", `${warm.CurrentMiBps ?? 0} MiB/s${target}`] as const]),
    ...(channels === undefined ? [] : [["channels", String(channels)] as const]),
    ...(metrics.length === 0 ? [] : [["shard metrics", metrics.join(", ")] as const]),
  ];
}

function consumersRow({ settings, consumers, refused }: StreamFacts): Row {
  if (consumers !== undefined) return ["consumers", String(consumers.length)];
  if (refused.includes("kinesis:ListStreamConsumers")) {
    const count = settings?.ConsumerCount;
    if (count === 0) return ["consumers", "0"];
    return [
      "consumers",
      count === undefined ? refusal("ListStreamConsumers") : `${count}; their names are ${refusal("ListStreamConsumers")}`,
    ];
  }
  const why = settings === undefined ? "only known by the stream's ARN" : `not told while the stream is ${settings.StreamStatus}`;
  return ["consumers", why];
}

function shardsRow({ settings, shards, refused }: StreamFacts): Row {
  if (shards !== undefined) {
    const open = shards.filter(({ isOpen }) => isOpen).length;
    return ["shards", `${open} open, ${shards.length - open} closed`];
  }
  if (!refused.includes("kinesis:ListShards")) return ["shards", `not told while the stream is ${settings?.StreamStatus}`];
  const count = settings?.OpenShardCount;
  return ["shards", count === undefined ? refusal("ListShards") : `${count} open; the rest is ${refusal("ListShards")}`];
}

function consumerCells({ ConsumerName: name, ConsumerStatus: status, ConsumerCreationTimestamp: created }: Consumer): string[] {
  return [name ?? "", status ?? "", created === undefined ? "" : `since ${created.toISOString()}`];
}

/** A shard's origin where the tree does not show it: of a merge it shows one parent, of a parent that retention took none. */
function originOf({ parents }: KnownShard, listed: ReadonlySet<string>): string {
  if (parents.length > 1) return `merged from ${parents.join(" and ")}`;
  return parents.every((parent) => listed.has(parent)) ? "" : `from ${parents.join()}, which is gone`;
}

function shardLines(shards: readonly KnownShard[]): string[] {
  const listed = new Set(shards.map(({ id }) => id));
  return table(
    shardTree(shards).map(({ shard, depth }) => [
      `${"  ".repeat(depth)}${shard.id}`,
      shard.isOpen ? "open" : "closed",
      percent(shareOf(shard)),
      originOf(shard, listed),
    ]),
  );
}

/** A stream for people: its settings, its consumers, and its shards below the shards they came from, each with its part of the key space. */
export function infoText(facts: StreamFacts): string {
  const { title, settings, consumers = [], shards = [], refused } = facts;
  const own: Row[] =
    settings === undefined
      ? [["settings", refusal("DescribeStreamSummary")]]
      : settingRows(settings, !refused.includes("kinesis:DescribeStreamSummary"));
  const block = (name: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ["", name, ...lines]);
  const lines = [
    settings?.StreamName ?? title,
    ...table([...own, consumersRow(facts), shardsRow(facts)]),
    ...block("consumers", table(consumers.map(consumerCells))),
    ...block("shards", shardLines(shards)),
  ];
  return `${lines.join("\n")}\n`;
}
