/** The pipe that a command writes to, as the runtimes leave it to us: `#output-pipe` is `output-pipe-bun.ts` in the release form, `output-pipe-node.ts` in the npm form. */
export { default as outputPipe } from "#output-pipe";

export interface OutputPipe {
  /** Keep stdout and stderr in the mode in which they came, though libraries make the runtime's streams of them: a page is written in one go then. */
  keepMode(process: NodeJS.Process): void;
  /** Whether nobody has the other end of a pipe open any more. False also where that cannot be known before the next write: on Node, and on other systems than Linux. */
  isAbandoned(fd: number): boolean;
}
