import { defineCommand } from "@sukima/core";
import { options } from "./options.ts";
import { run } from "./run.ts";

/** ssmwrap: fetch, then become the command. */
export const ssmwrap = defineCommand({
  name: "ssmwrap",
  summary: "put parameters and secrets of AWS into environment variables or files, then become your program",
  operands: "-- command [argument ...]",
  envPrefix: "SSMWRAP_",
  options,
  keepEmpty: ["paths", "names"],
  examples: [
    { run: "ssmwrap -paths=/prod/ -- app", does: "everything below /prod/ becomes variables (v1)" },
    { run: "ssmwrap -env 'path=/prod/*,prefix=APP_' -- app", does: "one level, with a prefix (v2)" },
    {
      run: "ssmwrap -env path=/prod/TOKEN,required=true -file path=/prod/cert,to=/run/cert.pem,mode=0600 -- app",
      does: "one variable, one file",
    },
    { run: "ssmwrap -paths=/prod/ -dry-run", does: "what would be set, without values" },
    { run: 'eval "$(ssmwrap -paths=/prod/ -print export)"', does: "into the current shell" },
  ],
  exitCodes: [
    ["the command's", "after it has been started"],
    ["0", "-print, -dry-run, -check, -help or -version succeeded"],
    ["1", "fetching, a rule or a file failed, or the time was over; no rule at all"],
    ["2", "not started: bad flag, bad rule, bad SSMWRAP_* value, no command"],
    ["126", "the command was found but cannot be executed"],
    ["127", "the command was not found"],
    ["130, 143", "interrupted (INT, TERM) while fetching"],
    ["70", "a bug of ours"],
  ],
  run,
});
