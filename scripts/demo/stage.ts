import { spawn } from "node:child_process";
import { styleText } from "node:util";

/** What a command of the demo gets from the outside. */
export interface Stage {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** The reader's own environment, less what would send the demo to a real account. */
const ownEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|SSMWRAP)_/.test(name)));

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const paint = (format: Parameters<typeof styleText>[0], text: string): string => styleText(format, text, { stream: process.stdout });

export const heading = (text: string): void => say(`\n${paint("bold", text)}`);
export const remark = (text: string): void => say(paint("dim", `# ${text}`));

/** Run a line in a shell as a reader would type it, show it and what it prints, and fail unless it ends with the exit code that the story expects. */
export async function type(line: string, { env, cwd }: Stage, expected = 0): Promise<void> {
  say(`${paint("cyan", "$")} ${line}`);
  const child = spawn("sh", ["-c", line], { env: { ...ownEnv, ...env }, cwd, stdio: ["ignore", "pipe", "pipe"] });
  const echo = (text: string): void => say(text.replace(/\n$/, "").replace(/^/gm, "  "));
  child.stdout.setEncoding("utf8").on("data", echo);
  child.stderr.setEncoding("utf8").on("data", echo);
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== expected) throw new Error(`the demo expected exit ${expected} and got ${code}: ${line}`);
  if (code !== 0) remark(`exit ${code}`);
}
