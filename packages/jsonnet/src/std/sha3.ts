/** Bytes a block of SHA3-512 takes, and bytes of its result. */
const rate = 72;
const size = 64;
const mask = (1n << 64n) - 1n;

/** SHA3-512 (FIPS 202) of some bytes. Here because not every runtime's crypto module has it. */
export function sha3(input: Uint8Array): Uint8Array {
  const state = Array.from({ length: 25 }, () => 0n);
  const padded = new Uint8Array(Math.ceil((input.length + 1) / rate) * rate);
  padded.set(input);
  padded[input.length] = 0x06;
  padded[padded.length - 1] = (padded.at(-1) ?? 0) | 0x80;
  const words = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += rate) {
    for (let i = 0; i < rate / 8; i++) state[i] = (state[i] ?? 0n) ^ words.getBigUint64(block + i * 8, true);
    permute(state);
  }
  const result = new Uint8Array(size);
  const out = new DataView(result.buffer);
  for (let i = 0; i < size / 8; i++) out.setBigUint64(i * 8, state[i] ?? 0n, true);
  return result;
}

/** Keccak-f[1600]: 24 rounds over 5 x 5 lanes of 64 bits, lane (x, y) at x + 5y. */
function permute(state: bigint[]): void {
  const lane = (i: number): bigint => state[i] ?? 0n;
  let lfsr = 1;
  for (let round = 0; round < 24; round++) {
    const columns = [0, 1, 2, 3, 4].map((x) => lane(x) ^ lane(x + 5) ^ lane(x + 10) ^ lane(x + 15) ^ lane(x + 20));
    for (let i = 0; i < 25; i++) state[i] = lane(i) ^ (columns[(i + 4) % 5] ?? 0n) ^ rotate(columns[(i + 1) % 5] ?? 0n, 1);
    let [x, y] = [1, 0];
    let moved = lane(1);
    for (let step = 0; step < 24; step++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const kept = lane(x + 5 * y);
      state[x + 5 * y] = rotate(moved, (((step + 1) * (step + 2)) / 2) % 64);
      moved = kept;
    }
    for (let row = 0; row < 25; row += 5) {
      const old = [0, 1, 2, 3, 4].map((column) => lane(row + column));
      for (let i = 0; i < 5; i++) state[row + i] = (old[i] ?? 0n) ^ (~(old[(i + 1) % 5] ?? 0n) & mask & (old[(i + 2) % 5] ?? 0n));
    }
    for (let bit = 0; bit < 7; bit++) {
      if (lfsr & 1) state[0] = lane(0) ^ (1n << BigInt(2 ** bit - 1));
      lfsr = (lfsr << 1) ^ (lfsr & 0x80 ? 0x171 : 0);
    }
  }
}

function rotate(word: bigint, by: number): bigint {
  return by === 0 ? word : ((word << BigInt(by)) | (word >> BigInt(64 - by))) & mask;
}
