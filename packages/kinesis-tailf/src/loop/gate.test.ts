import { describe, expect, it } from "vitest";
import { createRoom } from "./gate.ts";
import { Load } from "./load.ts";
import { batchOf } from "./batch.ts";

describe("room for pages", () => {
  /** Ask for bytes in this order; `entered` says who has them so far. */
  const scene = (ceiling: number) => {
    const room = createRoom(ceiling);
    const entered: string[] = [];
    const take = async (name: string, bytes: number) => {
      const hold = await room.take(bytes);
      entered.push(name);
      return hold;
    };
    return { entered, take };
  };

  it("is given in the order of the calls while it lasts, and again when some is released", async () => {
    const { entered, take } = scene(100);
    const [a, b, c, d] = [take("a", 60), take("b", 40), take("c", 50), take("d", 10)];
    await Promise.all([a, b]);
    expect(entered).toEqual(["a", "b"]);
    (await a).release();
    await Promise.all([c, d]);
    expect(entered).toEqual(["a", "b", "c", "d"]);
  });

  it("is there again when what came is smaller than what was expected", async () => {
    const { entered, take } = scene(100);
    const first = await take("a", 100);
    const second = take("b", 50);
    first.become(50);
    await second;
    expect(entered).toEqual(["a", "b"]);
  });

  it("is given to one that is larger than all of it when nobody else has any", async () => {
    const { entered, take } = scene(100);
    const [small, large] = [take("small", 1), take("large", 1000)];
    (await small).release();
    await large;
    expect(entered).toEqual(["small", "large"]);
  });
});

it("the next answer is expected to be as large as the largest of the last sixteen, and of 10 MiB before so many have come", () => {
  const load = new Load(2 ** 27);
  const answer = (bytes: number): void =>
    load.page("a", batchOf([{ sequence: "1", key: "k", arrivedAtMs: 0, data: new Uint8Array(bytes) }]), true);
  const expected: number[] = [load.expectedBytes];
  for (const bytes of [...Array<number>(15).fill(10), 500, ...Array<number>(16).fill(20)]) {
    answer(bytes);
    expected.push(load.expectedBytes);
  }
  expect(expected).toEqual([...Array<number>(16).fill(10 * 2 ** 20), ...Array<number>(16).fill(500), 20]);
});
