import { rejoin } from "./byte-text.ts";
import { describeValue, formatValue } from "./format-value.ts";
import { toInteger } from "./go-value.ts";
import { checkLength } from "./limits.ts";
import { refuse } from "./refusal.ts";

// Go's own bound on widths and precisions.
const maxWidth = 1_000_000;
// Flags, [n] and width, [n] and precision, [n] of the verb, verb. A point that ends the format is no precision but the verb.
const directive = /%([-+# 0]*)(?:\[([^\]]{0,9})\])?(\*|\d*)(?:\.(?!$)(?:\[([^\]]{0,9})\])?(\*|\d*))?(?:\[([^\]]{0,9})\])?([^]?)/gu;

/** `fmt.Sprint`: blanks only between two operands that are no strings. */
export function print(operands: readonly unknown[]): string {
  let text = "";
  let wasText = true;
  for (const operand of operands) {
    const isText = typeof operand === "string";
    text += (isText || wasText ? "" : " ") + formatValue(operand);
    checkLength(text.length);
    wasText = isText;
  }
  return rejoin(text);
}

/** `fmt.Sprintln`: blanks between all operands, a line feed at the end. */
export const println = (operands: readonly unknown[]): string => rejoin(`${operands.map((operand) => formatValue(operand)).join(" ")}\n`);

/** `fmt.Sprintf`, its complaints in the output included. */
export function printf(format: string, operands: readonly unknown[]): string {
  let [next, length, isReordered] = [0, 0, false];

  function formatOne(
    signs: string,
    verb: string,
    indexes: readonly (string | undefined)[],
    sizes: readonly (string | undefined)[],
  ): string {
    let complaints = "";
    // An index in front of a width or a point is wrong, it belongs right before a `*` or the verb.
    let isGoodIndex = indexes[0] === undefined || sizes[0] === "*" || (!sizes[0] && sizes[1] === undefined);
    const seek = (index: string | undefined): void => {
      if (index === undefined) return;
      isReordered = true;
      const place = Number(index) - 1;
      if (place in operands) next = place;
      else isGoodIndex = false;
    };
    const [width = 0, precision] = sizes.map((size, at) => {
      seek(indexes[at]);
      const number = Number(size === "*" ? toInteger(operands[next++]) : size);
      if (Math.abs(number) <= maxWidth && (number >= 0 || at === 0)) return number;
      if (size === "*") complaints += at === 0 ? "%!(BADWIDTH)" : "%!(BADPREC)";
      else if (size) refuse(`width or precision ${size} is over ${maxWidth}`);
      return undefined;
    });
    seek(indexes[2]);
    if (verb === "%") return complaints + verb;
    if (verb === "") return `${complaints}%!(NOVERB)`;
    if (!isGoodIndex) return `${complaints}%!${verb}(BADINDEX)`;
    if (next >= operands.length) return `${complaints}%!${verb}(MISSING)`;
    const has = (sign: string): boolean => signs.includes(sign);
    const isV = verb === "v";
    return (
      complaints +
      formatValue(operands[next++], verb, {
        "#": has("#") && !isV,
        "+": has("+") && !isV,
        "-": has("-") || width < 0,
        " ": has(" "),
        "0": has("0"),
        goSyntax: has("#") && isV,
        width: Math.abs(width),
        precision,
      })
    );
  }

  const text = format.replace(directive, (_, signs: string, index1, width, index2, precision, index3, verb: string) => {
    const shown = formatOne(signs, verb, [index1, index2, index3], [width, precision]);
    length += shown.length;
    checkLength(length);
    return shown;
  });
  if (isReordered || next >= operands.length) return rejoin(text);
  const extra = operands.slice(next).map((operand) => describeValue(operand));
  return rejoin(`${text}%!(EXTRA ${extra.join(", ")})`);
}
