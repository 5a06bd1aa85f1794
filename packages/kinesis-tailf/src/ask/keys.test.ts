import { expect, it } from "vitest";
import { readKeys } from "./keys.ts";

const noInput = (): AsyncIterable<Uint8Array> => {
  throw new Error("standard input was opened");
};

/** What `-` reads from these chunks of standard input. */
async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const stdin = async function* (): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk);
  };
  return (await Array.fromAsync(readKeys(["-"], stdin))).flat();
}

it("takes the operands as they are, without opening standard input", async () => {
  expect(await Array.fromAsync(readKeys(["a", "-", " b "], noInput))).toEqual([["a", "-", " b "]]);
});

it.each([
  [[], "-shard-map needs a key"],
  [["a", ""], "key 2 has 0 characters; a partition key has 1 to 256"],
  [["x".repeat(257)], "key 1 has 257 characters; a partition key has 1 to 256"],
])("refuses operands that are no keys before anything is asked: %j", (operands, sentence) => {
  expect(() => readKeys(operands, noInput)).toThrow(expect.objectContaining({ exit: 2, message: sentence }));
});

it.each<[what: string, chunks: (string | Uint8Array)[], keys: string[]]>([
  ["lines over chunks, the last without its end", ["on", "e\ntw", "o\nthree"], ["one", "two", "three"]],
  ["lines that end in CR LF, and empty ones not at all", ["a\r\n\r\n\nb\r\n"], ["a", "b"]],
  ["a character that two chunks share", [Buffer.from("é\n").subarray(0, 1), Buffer.from("é\n").subarray(1)], ["é"]],
  ["blanks and tabs as part of the key", [" a\tb \n"], [" a\tb "]],
  ["the longest key", [`${"x".repeat(256)}\r`, "\n"], ["x".repeat(256)]],
  ["nothing from nothing", [], []],
])("reads %s", async (_what, chunks, keys) => {
  expect(await linesOf(...chunks)).toEqual(keys);
});

it.each<[what: string, chunks: (string | Uint8Array)[], sentence: string]>([
  ["that is too long", [`a\n${"x".repeat(300)}\n`], "line 2 of standard input has 300 characters; a partition key has 1 to 256"],
  [
    "that is too long already without its end",
    ["a\n", "x".repeat(300), "\n"],
    "line 2 of standard input has 300 characters; a partition key has 1 to 256",
  ],
  ["that is not UTF-8", ["a\n", Buffer.from([0xff, 10])], "standard input is not UTF-8, behind line 1"],
  ["that breaks off within a character", [Buffer.from([0x61, 0xc3])], "standard input is not UTF-8, behind line 0"],
])("names a line %s", async (_what, chunks, sentence) => {
  await expect(linesOf(...chunks)).rejects.toMatchObject({ code: "BAD_KEY", exit: 1, message: sentence });
});
