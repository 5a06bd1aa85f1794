/** Methods that the buffers of both runtimes have and their types leave out. `toString` and `write` look up the encoding first: a quarter of the time for 200 bytes. */
export interface RawBuffer {
  latin1Slice(from: number, to: number): string;
  /** Decodes as much as there is room for; passes over what is not base64. Gives the number of bytes. */
  base64Write(text: string, offset: number): number;
}

/** Whether the runtime's buffers still have them. */
export const isRaw = (buffer: Buffer): buffer is Buffer & RawBuffer => "latin1Slice" in buffer && "base64Write" in buffer;
