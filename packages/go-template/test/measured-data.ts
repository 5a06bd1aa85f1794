import { Byte } from "../src/go-value.ts";
import type { Functions } from "../src/index.ts";

/** The data of the measured tables; the Go program had the same values in a map[string]any. */
export const measuredData = {
  a: { b: { c: "deep" }, x: 1n },
  n: null,
  i: 42n,
  neg: -7n,
  f: 1.5,
  big: 12345678,
  s: "héllo",
  l: [1n, "x", null, 2.5, true],
  m: { b: 2n, a: "one", é: null },
  by: new Uint8Array([97, 98, 255]),
  t: true,
  fa: false,
  e: "",
  z: [],
  zm: {},
  u: new Byte(97),
  ll: [
    [1n, 2n],
    ["p", "q"],
  ],
};

/** Its functions: `id` returns its operand, `fail` an error. */
export const measuredFunctions: Functions = {
  id: (value, ...rest) => {
    if (rest.length > 0) throw new Error("id takes one operand");
    return value;
  },
  fail: () => {
    throw new Error("boom");
  },
};
