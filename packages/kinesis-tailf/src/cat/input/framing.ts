import { usageError } from "@sukima/core";

/** How an input is taken apart into records. */
export type Framing =
  | {
      readonly kind: "delimited";
      readonly delimiter: Uint8Array;
      /** Drop one CR before the delimiter, as Go's line scanner does. */
      readonly dropCr: boolean;
    }
  /** Four bytes, big-endian, say how many bytes of data follow. */
  | { readonly kind: "length-prefixed" }
  /** Each file is one record. */
  | { readonly kind: "whole" };

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0", "\\": "\\" };

/** The bytes of a `-delimiter`: the text with `\n`, `\r`, `\t`, `\0`, `\\` and `\xHH` read. Throws an Error with a short sentence. */
export function parseDelimiter(text: string): Uint8Array {
  const parts: Buffer[] = [];
  for (const [part] of text.matchAll(/\\x[0-9a-fA-F]{2}|\\.?|[^\\]+/gs)) {
    const plain = part.startsWith("\\") ? escapes[part.slice(1)] : part;
    if (plain !== undefined) parts.push(Buffer.from(plain));
    else if (part.length === 4) parts.push(Buffer.from(part.slice(2), "hex"));
    else throw new Error(`unknown escape ${part}; known are \\n, \\r, \\t, \\0, \\\\ and \\xHH`);
  }
  if (parts.length === 0) throw new Error("a delimiter has at least one byte");
  return Buffer.concat(parts);
}

interface FramingFlags {
  readonly delimiter: Uint8Array | undefined;
  readonly "length-prefix": boolean;
  readonly whole: boolean;
  readonly "keep-cr": boolean;
}

/** The framing that was asked for, and a name by which a later run can tell whether it is the same. Throws a usage error when two were. */
export function framingOf(flags: FramingFlags): { readonly framing: Framing; readonly name: string } {
  const { delimiter, "length-prefix": isPrefixed, whole, "keep-cr": keepsCr } = flags;
  if ([delimiter !== undefined, isPrefixed, whole].filter(Boolean).length > 1) {
    throw usageError("TWO_FRAMINGS", "only one of -delimiter, -length-prefix and -whole can split the input");
  }
  if (isPrefixed) return { framing: { kind: "length-prefixed" }, name: "length-prefix" };
  if (whole) return { framing: { kind: "whole" }, name: "whole" };
  const bytes = delimiter ?? Buffer.from("\n");
  const isLine = Buffer.from(bytes).equals(Buffer.from("\n"));
  return {
    framing: { kind: "delimited", delimiter: bytes, dropCr: isLine && !keepsCr },
    name: `delimiter ${Buffer.from(bytes).toString("hex")}`,
  };
}
