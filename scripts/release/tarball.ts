import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** A file of a tarball: its name there, where it lies now, and whether it can be run. */
export interface Member {
  readonly name: string;
  readonly path: string;
  readonly isProgram: boolean;
}

const block = 512;

/** A ustar header. Owner and times are zero, so the same files give the same tarball on every machine. */
function header({ name, isProgram }: Member, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  if (Buffer.byteLength(name) > 100) throw new Error(`${name}: too long for a ustar header`);
  const octal = (value: number, at: number, width: number): void =>
    void bytes.write(`${value.toString(8).padStart(width - 1, "0")}\0`, at, "latin1");
  bytes.write(name, 0);
  octal(isProgram ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  bytes.fill(" ", 148, 156);
  bytes.write("0ustar\x0000", 156, "latin1");
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return bytes;
}

async function* blocks(members: readonly Member[]): AsyncGenerator<Buffer> {
  for (const member of members) {
    const content = await readFile(member.path);
    yield header(member, content.length);
    yield content;
    yield Buffer.alloc((block - (content.length % block)) % block);
  }
  yield Buffer.alloc(2 * block);
}

/** Write a `.tar.gz` with these files at its top. */
export async function writeTarball(file: string, members: readonly Member[]): Promise<void> {
  await pipeline(Readable.from(blocks(members)), createGzip(), createWriteStream(file));
}
