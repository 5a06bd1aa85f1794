import { fs, path as paths } from "../builtin.ts";
import { JsonnetError } from "../errors.ts";
import { begin, finish, finishFiles, finishStream, type Program } from "../evaluate.ts";
import { fileImporter } from "../importer.ts";
import { compareStrings } from "../strings.ts";
import { help } from "./help.ts";
import { readCommandLine, UsageError, type CommandLine, type Environment } from "./options.ts";
import { YamlLoader } from "./yaml-loader.ts";

/** What the command needs of its process. */
interface Streams {
  readonly stdin: () => string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Runs the command and returns its exit code. Nothing goes to stdout before the whole result is there. */
export async function execute(argv: readonly string[], env: Environment, streams: Streams, version: string): Promise<number> {
  let maxTrace = 20;
  try {
    const line = readCommandLine(argv, env);
    maxTrace = line.maxTrace;
    if (line.does === "help") streams.stdout(help);
    else if (line.does === "version") streams.stdout(`Jsonnet commandline interpreter (sukima) v${version}\n`);
    else streams.stdout(await evaluateLine(line, streams));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      streams.stderr(`ERROR: ${error.message}\n${error.usage ? `\n${help}` : ""}`);
      return 1;
    }
    streams.stderr(`${describe(error, maxTrace)}\n`);
    return error instanceof JsonnetError || (error instanceof Error && "code" in error) ? 1 : 70;
  }
}

/** Evaluates, writes the files that are asked for, and returns what belongs on stdout. */
async function evaluateLine(line: CommandLine, streams: Streams): Promise<string> {
  const program: Program = line.isCode
    ? { code: line.input, name: "<cmdline>" }
    : line.input === "-"
      ? { code: streams.stdin(), name: "<stdin>" }
      : { file: line.input };
  const yaml = new YamlLoader();
  const traces = new TraceLines(streams);
  const output = await yaml.retry(() => {
    const options = { ...line, importer: fileImporter(line.searchPaths), onTrace: traces.restart() };
    const evaluation = begin(program, options, yaml.read);
    if (line.multiDirectory !== undefined) return finishFiles(evaluation, line.isString);
    return line.isStream ? joinStream(finishStream(evaluation, line.isString)) : finish(evaluation, line.isString);
  });
  return write(line, typeof output === "string" ? output : writeFiles(output, line));
}

/** Prints trace lines as they come. An evaluation that is done again says the same ones again, and they are not repeated. */
class TraceLines {
  readonly #streams: Streams;
  #printed = 0;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  restart(): (line: string) => void {
    let said = 0;
    return (line) => {
      if (++said <= this.#printed) return;
      this.#printed = said;
      this.#streams.stderr(`${line}\n`);
    };
  }
}

function joinStream(documents: readonly string[]): string {
  return documents.map((document) => `---\n${document}`).join("") + (documents.length > 0 ? "...\n" : "");
}

/** Writes the files of `-m`, leaves unchanged ones untouched, and returns the list of their paths. */
function writeFiles(files: ReadonlyMap<string, string>, line: CommandLine): string {
  const directory = `${line.multiDirectory ?? ""}/`.replace(/\/+$/, "/");
  const names = [...files.keys()].sort(compareStrings);
  for (const name of names) {
    const path = directory + name;
    const text = files.get(name) ?? "";
    if (readIfThere(path) === text) continue;
    if (line.createsDirectories) fs.mkdirSync(paths.dirname(path), { recursive: true });
    fs.writeFileSync(path, text);
  }
  return names.map((name) => `${directory}${name}\n`).join("");
}

function write(line: CommandLine, text: string): string {
  if (line.outputFile === undefined) return text;
  if (line.createsDirectories) fs.mkdirSync(paths.dirname(line.outputFile), { recursive: true });
  fs.writeFileSync(line.outputFile, text);
  return "";
}

function readIfThere(path: string): string | undefined {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function describe(error: unknown, maxTrace: number): string {
  if (error instanceof JsonnetError) return error.format(maxTrace);
  if (error instanceof Error && "code" in error) return `ERROR: ${error.message}`;
  return `INTERNAL ERROR: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
