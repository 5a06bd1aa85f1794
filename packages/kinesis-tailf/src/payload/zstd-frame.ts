import { Undecodable } from "./limits.ts";

/** One frame of a zstd payload (RFC 8878, section 3.1). */
export interface ZstdFrame {
  /** Where the next frame begins. */
  readonly end: number;
  /** Frames of other content are stepped over. */
  readonly isSkippable: boolean;
  /** Size of the content where the header tells it. */
  readonly contentBytes: number | undefined;
}

const frameMagic = 0xfd2fb528;

export const isZstd = (bytes: Uint8Array): boolean => bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;

/** Bytes of the dictionary id, by the lowest two bits of the descriptor. */
const dictionaryBytes = [0, 1, 2, 4] as const;

/**
 * Measure the frame that begins at `start`, without decoding it: decoders of the runtimes stop after the first frame without a word (Node 24),
 * or take a frame that is cut for an empty one (Bun 1.4). Throws `Undecodable` when the bytes are no whole frame.
 */
export function measureFrame(bytes: Uint8Array, start: number): ZstdFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const magic = view.getUint32(start, true);
    // Sixteen numbers mark frames with content of somebody else.
    if (magic >>> 4 === 0x0184d2a5) return within(bytes, start + 8 + view.getUint32(start + 4, true), true, undefined);
    if (magic !== frameMagic) throw new Undecodable("decode_failed");
    const descriptor = view.getUint8(start + 4);
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const sizeAt = start + 5 + (isSingleSegment ? 0 : 1) + (dictionaryBytes[descriptor & 3] ?? 0);
    const { length, value } = contentSize(view, sizeAt, descriptor >>> 6, isSingleSegment);
    let at = sizeAt + length;
    for (let isLast = false; !isLast;) {
      const header = view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
      isLast = (header & 1) === 1;
      // A block of type 1 repeats one byte, whatever its size says.
      at += 3 + (((header >>> 1) & 3) === 1 ? 1 : header >>> 3);
    }
    const hasChecksum = (descriptor & 4) !== 0;
    return within(bytes, at + (hasChecksum ? 4 : 0), false, value);
  } catch (error) {
    if (error instanceof RangeError) throw new Undecodable("decode_failed");
    throw error;
  }
}

function within(bytes: Uint8Array, end: number, isSkippable: boolean, contentBytes: number | undefined): ZstdFrame {
  if (end > bytes.length) throw new Undecodable("decode_failed");
  return { end, isSkippable, contentBytes };
}

/** The content size of the header: absent, or 1, 2, 4 or 8 bytes; the form of two bytes starts at 256. */
function contentSize(view: DataView, at: number, flag: number, isSingleSegment: boolean): { length: number; value: number | undefined } {
  if (flag === 0) return isSingleSegment ? { length: 1, value: view.getUint8(at) } : { length: 0, value: undefined };
  if (flag === 1) return { length: 2, value: view.getUint16(at, true) + 256 };
  if (flag === 2) return { length: 4, value: view.getUint32(at, true) };
  return { length: 8, value: Number(view.getBigUint64(at, true)) };
}
