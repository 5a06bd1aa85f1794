/** A tool's name, what it is for, and its `main`, loaded when it is asked for. */
export interface Tool {
  readonly summary: string;
  load(): Promise<(argv: readonly string[]) => Promise<never>>;
}

export const tools: Readonly<Record<string, Tool>> = {
  ssmwrap: {
    summary: "parameters and secrets into environment variables or files, then becomes your program",
    load: async () => (await import("@sukima/ssmwrap")).main,
  },
  "kinesis-tailf": {
    summary: "tails and extracts Kinesis Data Streams, across reshards, throttles and expired iterators",
    load: async () => (await import("@sukima/kinesis-tailf")).main,
  },
  "kinesis-cat": {
    summary: "feeds lines to Kinesis Data Streams or Firehose, in batches, in order, aggregated",
    load: async () => (await import("@sukima/kinesis-tailf/cat")).main,
  },
};
