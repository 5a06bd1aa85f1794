import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOf, compareText, textOf } from "../src/byte-text.ts";
import { parse, render } from "../src/index.ts";
import { quoteGo } from "../src/quoting.ts";

const expand = (text: string, data?: unknown): string => render(parse(text, "t"), { data });
const float = fc.double({ noNaN: true, noDefaultInfinity: true });
const int = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.string({ unit: "binary" });

function always<T>(values: fc.Arbitrary<T>, check: (value: T) => void): void {
  fc.assert(
    fc.property(values, (value) => {
      check(value);
    }),
  );
}

it("a text without actions is copied", () => {
  always(text, (any) => {
    const plain = any.replaceAll("{{", "{");
    expect(expand(plain)).toBe(plain);
  });
});

it("a quoted string reads back as itself", () => {
  always(text, (plain) => {
    expect(expand(`{{ ${quoteGo(plain)} }}{{ ${quoteGo(plain, '"', true)} }}`)).toBe(plain + plain);
  });
});

it("bytes survive being text, valid UTF-8 or not", () => {
  always(fc.uint8Array(), (bytes) => {
    expect([...bytesOf(textOf(bytes))]).toEqual([...bytes]);
  });
});

it("a string cut anywhere and put together again is the same string", () => {
  always(fc.tuple(text, fc.nat()), ([plain, at]) => {
    const place = at % (bytesOf(plain).length + 1);
    expect(expand(`{{ eq . (print (slice . 0 ${place}) (slice . ${place})) }}`, plain)).toBe("true");
  });
});

it("strings compare as their bytes do", () => {
  always(fc.tuple(text, text), ([a, b]) => {
    expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
  });
});

it("integers of 64 bits print exactly in every base", () => {
  always(int, (value) => {
    const printed = expand(`{{ ${value} }} {{ printf "%x %o %b" . . . }}`, value);
    expect(printed).toBe(`${value} ${value.toString(16)} ${value.toString(8)} ${value.toString(2)}`);
  });
});

it("a printed float reads back as the same number, also as a literal", () => {
  always(float, (value) => {
    const printed = expand('{{ printf "%g %.17e %.1080f" . . . }}', value).split(" ");
    expect(printed.map(Number)).toEqual([value, value, value]);
    expect(expand(`{{ eq . ${printed[1]} }}`, value)).toBe("true");
  });
});

it("rounding agrees with toExponential wherever that does not meet a tie", () => {
  always(fc.tuple(float, fc.nat({ max: 20 })), ([value, digits]) => {
    const shortest = Math.abs(value).toExponential().split("e")[0] ?? "";
    fc.pre(!shortest.endsWith("5"));
    const [mantissa = "", exponent = "0"] = Math.abs(value).toExponential(digits).split("e");
    const padded = `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
    expect(expand(`{{ printf "%.${digits}e" . }}`, Math.abs(value))).toBe(padded);
  });
});

it("the text of a call is the same call", () => {
  const call = fc.letrec<{ any: string; call: string }>((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, fc.constantFrom("1", '"a"', "`b`", ".", ".x.y", "nil", "true", "'c'", "$", "$.z"), tie("call")),
    call: fc
      .tuple(fc.constantFrom("print", "len", "and"), fc.array(tie("any"), { maxLength: 3 }))
      .map(([name, rest]) => `(${[name, ...rest].join(" ")})`),
  })).call;
  always(call, (written) => {
    const [node] = parse(`{{ ${written.slice(1, -1)} }}`, "t").nodes;
    expect(`(${node?.text})`).toBe(written);
  });
});

it("trim markers take away exactly the blanks beside them", () => {
  const blank = fc.string({ unit: fc.constantFrom(" ", "\t", "\n", "\r") });
  always(fc.tuple(blank, blank), ([left, right]) => {
    expect(expand(`a${left}{{- "" -}}${right}b${left}{{ "" }}${right}`)).toBe(`ab${left}${right}`);
  });
});
