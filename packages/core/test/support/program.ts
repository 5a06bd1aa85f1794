import { type Program, runProgram } from "../../src/commander.ts";
import { defineCommand } from "../../src/index.ts";

// A small program with one subcommand, for tests that need a whole process.
const shared = { flagStyle: "long", envPrefix: "PROGRAM_", options: {}, examples: [], exitCodes: [["0", "done"]] } as const;
const greet = defineCommand({
  ...shared,
  name: "program greet",
  summary: "greets",
  operands: "NAME",
  run: async (_options, [name = ""], { out }) => {
    out.write(`hello, ${name}\n`);
    return 5;
  },
});
const program: Program = { ...shared, name: "program", summary: "has a command", commands: [greet] };

await runProgram(program, "1.2.3", process.argv.slice(2), process);
