/** What makes an ELF file unfit; the rest is that of a program for this machine. */
interface Flaws {
  readonly type?: number;
  readonly machine?: number;
  readonly entries?: number;
  readonly loader?: string;
}

const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };
const ownMachine = machines[process.arch] ?? 0;
export const otherMachine = process.arch === "x64" ? 183 : 62;

/** The head of an ELF-64 file: file header, one program header, the name of its loader. */
export function elfFile({ type = 2, machine = ownMachine, entries = 1, loader = "/lib/ld.so" }: Flaws = {}): Buffer {
  const head = Buffer.alloc(64 + 56);
  head.write("\x7fELF\x02\x01\x01", "latin1");
  head.writeUInt16LE(type, 16);
  head.writeUInt16LE(machine, 18);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(entries, 56);
  const name = Buffer.from(`${loader}\0`);
  const PT_INTERP = 3;
  head.writeUInt32LE(PT_INTERP, 64);
  head.writeBigUInt64LE(BigInt(head.length), 64 + 8);
  head.writeBigUInt64LE(BigInt(name.length), 64 + 32);
  return Buffer.concat([head, name]);
}
