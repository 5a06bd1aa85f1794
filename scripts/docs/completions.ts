import type { Command } from "@sukima/core";

interface Flag {
  readonly name: string;
  readonly help: string;
  readonly takesValue: boolean;
}

const flagsOf = ({ options }: Command): Flag[] =>
  Object.entries(options).flatMap(([name, { aliases = [], help, takes }]) =>
    [name, ...aliases].map((spelling) => ({ name: spelling, help, takesValue: takes === "value" || typeof takes === "function" })),
  );

/** A word in single quotes, as sh reads it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const fishQuoted = (text: string): string => `'${text.replace(/['\\]/g, (character) => `\\${character}`)}'`;

// Behind `--` stands somebody else's command line: there the shells complete files (fish: that command) and none of our flags.

function bash(command: Command): string {
  const flags = flagsOf(command).map(({ name }) => `-${name}`);
  return `# Completion of ${command.name}'s flags for bash.
_${command.name.replaceAll("-", "_")}() {
  local at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ \${COMP_WORDS[at]} == -- ]] && return
  done
  [[ \${COMP_WORDS[COMP_CWORD]} == -* ]] || return
  COMPREPLY=($(compgen -W '${flags.join(" ")}' -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _${command.name.replaceAll("-", "_")} ${command.name}
`;
}

function zsh(command: Command): string {
  const flags = flagsOf(command).map(({ name, help }) => `  ${quoted(`-${name}:${help}`)}`);
  return `#compdef ${command.name}
local -a flags=(
${flags.join("\n")}
)
if [[ $PREFIX == -* ]] && (( \${words[(i)--]} >= CURRENT )); then
  _describe -o flag flags
else
  _files
fi
`;
}

function fish(command: Command): string {
  const behind = "contains -- -- (commandline -opc)";
  const flags = flagsOf(command).map(
    ({ name, help, takesValue }) =>
      `complete -c ${command.name} -n 'not ${behind}' -o ${name}${takesValue ? " -r" : ""} -d ${fishQuoted(help)}\n`,
  );
  return `# Completion of ${command.name}'s flags for fish.
${flags.join("")}complete -c ${command.name} -n '${behind}' -xa '(__fish_complete_subcommand)'
`;
}

/** The completion script of each shell. */
export const completions = (command: Command): Readonly<Record<"bash" | "zsh" | "fish", string>> => ({
  bash: bash(command),
  zsh: zsh(command),
  fish: fish(command),
});
