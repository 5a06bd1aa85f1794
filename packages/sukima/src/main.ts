import { writeAll } from "@sukima/core";
import manifest from "../package.json" with { type: "json" };
import { dispatch } from "./dispatch.ts";
import { tools } from "./tools.ts";

const usage = "usage: sukima TOOL [arguments]; or start it under a tool's name, by a link or a copy";

function help(): string {
  const width = Math.max(...Object.keys(tools).map((name) => name.length));
  const list = Object.entries(tools).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  const examples = ["  sukima ssmwrap -paths=/prod/ -- app", "  ln -s sukima ssmwrap && ./ssmwrap -help"];
  return [usage, "", "Tools:", ...list, "", "Examples:", ...examples, "", "Exit codes: those of the tool; 2 when none is named", ""].join(
    "\n",
  );
}

/** All tools in one executable. */
export async function main(argv: readonly string[]): Promise<void> {
  const request = dispatch(process.argv0, argv, Object.keys(tools));
  switch (request.kind) {
    case "tool": {
      const run = await tools[request.name]?.load();
      return run?.(request.argv);
    }
    case "help":
      return writeAll(1, help());
    case "version":
      return writeAll(1, `sukima ${manifest.version}\n`);
    case "usage":
      writeAll(2, `sukima: error: ${request.problem}\n${usage}\nrun sukima --help for the tools\n`);
      return process.exit(2);
    default:
      return request satisfies never;
  }
}
