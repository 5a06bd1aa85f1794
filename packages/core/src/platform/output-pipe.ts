/** The pipe that a command writes to, as the runtimes leave it to us: `#output-pipe` is `output-pipe-bun.ts` in the release form, `output-pipe-node.ts` in the npm form. */
export { default as outputPipe } from "#output-pipe";

export interface OutputPipe {
  /** Keep stdout and stderr in the mode in which they came, though libraries make the runtime's streams of them. */
  prepare(process: NodeJS.Process): void;
  /** Give a pipe at stdout all the room that the system allows; other descriptors are left alone. */
  widen(fd: number): void;
  /** Bytes that a pipe takes now without making the writer wait; 0 also where that cannot be known, and for what is no pipe. */
  room(fd: number): number;
  /** Whether nobody has the other end of a pipe open any more. False also where that cannot be known before the next write: on Node, and on other systems than Linux. */
  isAbandoned(fd: number): boolean;
}
