/** Bytes that came and were not used yet. Adding and dropping cost what they move, however long a record grows. */
export class ByteQueue {
  #buffer: Buffer = Buffer.allocUnsafe(0);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Where `bytes` stand at or behind `from`, or -1. */
  indexOf(bytes: Uint8Array, from: number): number {
    return this.#buffer.subarray(this.#start, this.#end).indexOf(bytes, from);
  }

  readUint32(): number {
    return this.#buffer.readUInt32BE(this.#start);
  }

  /** A copy of the first bytes, which may be followed by `suffix`. */
  copy(length: number, suffix?: Uint8Array): Buffer {
    const bytes = Buffer.allocUnsafe(length + (suffix?.length ?? 0));
    this.#buffer.copy(bytes, 0, this.#start, this.#start + length);
    if (suffix !== undefined) bytes.set(suffix, length);
    return bytes;
  }

  /** Whether the first `length` bytes end with this one. */
  endsWith(byte: number, length: number): boolean {
    return length > 0 && this.#buffer[this.#start + length - 1] === byte;
  }

  drop(length: number): void {
    this.#start += length;
  }

  #makeRoom(more: number): void {
    const { length } = this;
    const needed = length + more;
    // Doubling, so that a long record is moved a few times only.
    const target = needed <= this.#buffer.length / 2 ? this.#buffer : Buffer.allocUnsafe(Math.max(needed * 2, 65_536));
    this.#buffer.copy(target, 0, this.#start, this.#end);
    this.#buffer = target;
    this.#start = 0;
    this.#end = length;
  }
}
