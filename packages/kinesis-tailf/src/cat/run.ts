import { type Context, createLog, type Log, usageError } from "@sukima/core";
import { noticeOnce } from "./aws/refusal.ts";
import { type Destination, openDestination } from "./destination.ts";
import { framingOf } from "./input/framing.ts";
import { placeText } from "./input/place.ts";
import { type OpenStdin, readInputs } from "./input/read-inputs.ts";
import type { CatOptions } from "./options.ts";
import { keyMaker } from "./partition-key.ts";
import { prepare } from "./prepare.ts";
import { createProgress, type Tally } from "./progress.ts";
import { createKeeper, readResume, type Run } from "./resume-file.ts";
import { feed } from "./send/feed.ts";
import { Ledger } from "./send/ledger.ts";
import { openOutbox } from "./send/open-outbox.ts";
import { adaptivePace, fixedPace, type Pace } from "./send/pace.ts";
import { checkStreamName } from "../service/stream-name.ts";

/** What cannot be combined, and why. */
function checkOptions(options: CatOptions): string {
  const { stream, firehose, aggregate, ordered } = options;
  if (stream === undefined || stream === "") throw usageError("NO_STREAM", "-stream is required");
  if (!firehose) checkStreamName(stream);
  if (firehose && aggregate)
    throw usageError("NO_AGGREGATES", "-aggregate cannot be used with -firehose: it would deliver packed records as they are");
  if (firehose && ordered) throw usageError("NO_ORDER", "-ordered cannot be used with -firehose, which keeps no order");
  return stream;
}

/** Records that are read ahead at most: small ones cost more memory than their bytes. Packing needs some for each shard. */
const mostAhead = { plain: 20_000, packed: 100_000 };

/** Says where the first record is that is not known to have arrived. */
function reportPosition(log: Log, files: readonly string[], ledger: Ledger, resume: string | undefined): void {
  const { place, arrived } = ledger.position();
  const later = arrived.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  log.error(`not everything was sent: the next unsent record is ${placeText(files, place)}, at byte ${place.offset}`, {
    ...(later > 0 ? { arrivedBehindIt: later } : {}),
    hint:
      resume === undefined
        ? "with -resume FILE the same command goes on from there"
        : `the same command with -resume ${resume} goes on from there`,
  });
}

const paceOf = ({ rate, "dry-run": isDry }: CatOptions, nowMs: number): Pace =>
  rate === "auto" || isDry ? adaptivePace() : fixedPace(rate, nowMs);

/** kinesis-cat from checked flags to the exit code. Throws `ToolError` for what ended it, and the reason of `ctx.signal`. */
export async function run(options: CatOptions, operands: readonly string[], stdin: OpenStdin, ctx: Context): Promise<number> {
  const { resume, rate, concurrency = 8, "dry-run": isDry, "log-level": level = "warn", "log-format": format = "text" } = options;
  const stream = checkOptions(options);
  const log = createLog(ctx.err, ctx.clock, { tool: "kinesis-cat", level, format });
  const framing = framingOf(options);
  const keyOf = keyMaker(options);
  const files = operands.length === 0 ? ["-"] : operands;
  const thisRun: Run = { stream, files, framing: framing.name };
  const from = resume === undefined ? undefined : readResume(resume, thisRun);
  const destination: Destination = await openDestination(stream, options, noticeOnce(log), ctx);
  const { limits } = destination;

  const ledger = new Ledger(from?.place);
  const suffix = options.lf ? Buffer.from("\n") : undefined;
  const splitting = { framing: framing.framing, cap: limits.recordBytes, suffix };
  const input = prepare(readInputs(files, ledger.position().place, splitting, stdin), {
    files,
    keyOf,
    limit: limits.recordBytes,
    countsKey: !options.firehose,
    skipsEmpty: options["skip-empty"],
    skipsOversize: options["skip-oversize"],
    sent: from?.arrived ?? [],
    ledger,
    skipped: (sentence) => log.warn(sentence),
  });

  const tally: Tally = { records: 0, bytes: 0, requests: 0, resent: 0 };
  const progress = createProgress(ctx, tally);
  const keeper = createKeeper(isDry ? undefined : resume, thisRun, ledger, ctx.clock);
  // A number of -rate counts records of the input, auto those of the stream.
  const weigh = rate === "auto" ? () => 1 : ({ users }: { readonly users: readonly unknown[] }) => users.length;
  const outbox = await openOutbox(options, limits, destination.list, weigh, ctx);
  const parts = { input, outbox, pace: paceOf(options, ctx.clock.elapsedMs()), port: destination.port, list: destination.list };
  // Before anything is sent: a file that cannot be written would be noticed too late.
  keeper.keep();
  const ended = await feed(
    parts,
    {
      concurrency,
      ahead: { bytes: (concurrency + 1) * limits.requestBytes, records: options.aggregate ? mostAhead.packed : mostAhead.plain },
      weigh,
    },
    {
      arrived({ ordinal, data }) {
        ledger.arrive(ordinal);
        tally.records++;
        tally.bytes += data.length;
      },
      answered(again) {
        tally.requests++;
        tally.resent += again;
        keeper.tick();
        if (options.progress) progress.tick();
      },
      remapping: (shards) => log.info("the shards have changed: packing anew", { shards }),
      unpacking: () => log.warn("packed records keep going to other shards than the listed ones: the rest goes unpacked"),
    },
    ctx,
  );
  if (options.progress) progress.end();
  if (ended !== undefined) reportPosition(log, files, ledger, resume);
  keeper.keep();
  if (ended !== undefined) throw ended;
  if (isDry) ctx.out.write(`would send ${tally.records} records, ${tally.bytes} bytes, in ${tally.requests} requests to ${stream}\n`);
  return 0;
}
