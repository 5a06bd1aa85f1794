/** What `--help` prints. */
export const help = `Usage: jsonnet [option]... FILE
       jsonnet [option]... -e CODE

FILE may be - for the standard input.

  -e, --exec                 the argument is code
  -J, --jpath DIR            look for imports in DIR too; the right-most wins
  -o, --output-file FILE     write to FILE
  -m, --multi DIR            write each field of the result to a file in DIR, list the files
  -c, --create-output-dirs   make missing directories
  -y, --yaml-stream          write the array of the result as a stream of documents
  -S, --string               the result is a string: write it as it is
  -s, --max-stack N          stack frames allowed (500)
  -t, --max-trace N          lines of a stack trace (20; 0: all)
  -h, --help                 this text
  -v, --version              the version

  -V, --ext-str NAME[=TEXT]  external variable; without TEXT from the environment
      --ext-str-file NAME=FILE
      --ext-code NAME[=CODE]
      --ext-code-file NAME=FILE
  -A, --tla-str NAME[=TEXT]  argument for a program that is a function
      --tla-str-file NAME=FILE
      --tla-code NAME[=CODE]
      --tla-code-file NAME=FILE

JSONNET_PATH has more directories for imports, separated by colons; the left-most wins.
Exit codes: 0 done, 1 the program failed or could not be read, or wrong options.

  jsonnet -e '{ answer: 6 * 7 }'
  jsonnet -J vendor -V stage=prod config.jsonnet
  jsonnet -m out -c manifests.jsonnet
`;
