import { writeFileSync } from "node:fs";

const codeAt = 64 + 56;
const loadAt = 0x400000;
// xor edi, edi; mov eax, 60 (exit); syscall
const code = [0x31, 0xff, 0xb8, 0x3c, 0x00, 0x00, 0x00, 0x0f, 0x05];

/**
 * Write the smallest program that there is, an ELF file for x86-64 that exits 0, so that no loader and no libc
 * blur what is measured up to its start. Gives its path; on other machines `/bin/true`.
 */
export function smallestProgram(path: string): string {
  if (process.platform !== "linux" || process.arch !== "x64") return "/bin/true";
  const file = Buffer.alloc(codeAt + code.length);
  file.write("\x7fELF\x02\x01\x01", "latin1");
  file.writeUInt16LE(2, 16); // e_type: an executable
  file.writeUInt16LE(62, 18); // e_machine: x86-64
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(loadAt + codeAt), 24); // e_entry
  file.writeBigUInt64LE(64n, 32); // e_phoff
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // PT_LOAD
  file.writeUInt32LE(5, 68); // readable, executable
  file.writeBigUInt64LE(BigInt(loadAt), 80);
  file.writeBigUInt64LE(BigInt(loadAt), 88);
  file.writeBigUInt64LE(BigInt(file.length), 96);
  file.writeBigUInt64LE(BigInt(file.length), 104);
  file.writeBigUInt64LE(0x1000n, 112);
  file.set(code, codeAt);
  writeFileSync(path, file, { mode: 0o755 });
  return path;
}
