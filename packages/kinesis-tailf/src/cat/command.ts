import { defineCommand } from "@sukima/core";
import type { OpenStdin } from "./input/read-inputs.ts";
import { options } from "./options.ts";
import { run } from "./run.ts";

/** kinesis-cat with another standard input than the process's. */
export const kinesisCatReading = (stdin: OpenStdin) =>
  defineCommand({
    name: "kinesis-cat",
    summary: "send lines to a Kinesis stream, or to Firehose",
    operands: "[FILE | - ...]",
    envPrefix: "KINESIS_CAT_",
    options,
    examples: [
      { run: "kinesis-cat -stream logs access.log", does: "each line becomes a record" },
      { run: "app | kinesis-cat -stream logs -lf", does: "from standard input, each record with its LF" },
      { run: "kinesis-cat -stream events -key-from user.id -ordered events.ndjson", does: "the events of a user stay in their order" },
      { run: "kinesis-cat -stream logs -aggregate -resume at.json big.log", does: "packed, and able to go on after an interruption" },
    ],
    exitCodes: [
      ["0", "every record has arrived"],
      ["1", "something was not sent; stderr says from which line on"],
      ["2", "not started: bad flag, no -stream, a resume file of another run"],
      ["130, 143", "interrupted (INT, TERM); stderr says from which line on"],
      ["70", "a bug of ours"],
    ],
    run: (values, operands, ctx) => run(values, operands, stdin, ctx),
  });

/** kinesis-cat: nothing lost, nothing twice that need not be. */
export const kinesisCat = kinesisCatReading(() => process.stdin);
