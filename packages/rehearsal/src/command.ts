import { Command, InvalidArgumentError } from "commander";

/** What `rehearsal up` was asked for. */
export interface UpOptions {
  readonly world?: string;
  readonly port: number;
  readonly speed: number;
}

const numberBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most))
      throw new InvalidArgumentError(`expected a number from ${least} to ${most}.`);
    return value;
  };

const port = (text: string): number => {
  const value = numberBetween(0, 65_535)(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError("expected a whole number.");
  return value;
};

const EXAMPLES = `
Examples:
  rehearsal up                                  the default world on a free port
  rehearsal up --world blog.yaml --port 4566    your world on a port of your choice
  rehearsal up --speed 30                       a world that lives 30 times faster

In a script:
  rehearsal up > aws.env & until grep -q '^$' aws.env; do sleep 0.1; done; . ./aws.env

As the container of a task, with its role's credentials:
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
  export AWS_CONTAINER_CREDENTIALS_FULL_URI=$REHEARSAL_CONTAINER_CREDENTIALS_FULL_URI
  export AWS_CONTAINER_AUTHORIZATION_TOKEN=$REHEARSAL_CONTAINER_AUTHORIZATION_TOKEN

Exit codes:
  0          help was asked for
  1          could not start, for example because the port is taken
  2          not started: bad flag, or a world file with mistakes
  130, 143   ended by INT or TERM
`;

/** The command line of `rehearsal`; `up` is handed the checked options. */
export function createCommand(
  write: { out(text: string): void; err(text: string): void },
  up: (options: UpOptions) => Promise<void>,
): Command {
  const command = new Command("rehearsal")
    .description("A local AWS, true to the real one, for tests and for rehearsing a deploy.")
    .exitOverride()
    .configureOutput({ writeOut: write.out, writeErr: write.err })
    .showHelpAfterError("(rehearsal --help shows the flags)")
    .addHelpText("after", EXAMPLES);
  command
    .command("up")
    .description("start the world, print `export NAME=VALUE` lines and an empty line, and stay until TERM or INT")
    .option("--world <file>", "world file (YAML); the default world when absent")
    .option("--port <number>", "port of the AWS endpoint on 127.0.0.1; 0 picks a free one", port, 0)
    .option("--speed <number>", "how many times faster than real time the world lives", numberBetween(0, 1_000_000), 1)
    .addHelpText("after", EXAMPLES)
    .action(async (options: UpOptions) => up(options));
  return command;
}
