import { type JsonCursor, Unusual } from "./json-cursor.ts";

const plus = 0x2b;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const upperE = 0x45;
const lowerE = 0x65;

/** Powers of ten that are exact, as whole numbers of so many digits are. One division or multiplication of the two rounds as reading the decimal does. */
const powersOfTen = Array.from({ length: 23 }, (_, power) => 10 ** power);
const exactDigits = 15;

/** From a table: computing them takes half of the time of reading a number. */
function powerOfTen(power: number): number {
  const value = powersOfTen[power];
  if (value === undefined) throw new Unusual("a number that is huge or tiny");
  return value;
}

/** The number at the cursor as `JSON.parse` reads it, passed over. Throws `Unusual` for a negative one, for more than 15 digits, and for none. */
export function readNumber(cursor: JsonCursor): number {
  const { bytes, at: from } = cursor;
  let mantissa = readDigits(cursor);
  if (bytes[from] === zero && cursor.at > from + 1) throw new Unusual("a number that begins with 0");
  let digits = cursor.at - from;
  let power = 0;
  if (cursor.takesCode(point)) {
    const { at } = cursor;
    const fraction = readDigits(cursor);
    power = at - cursor.at;
    digits -= power;
    mantissa = mantissa * powerOfTen(-power) + fraction;
  }
  if (digits > exactDigits) throw new Unusual("a long number");
  if (cursor.takesCode(lowerE) || cursor.takesCode(upperE)) power += readExponent(cursor);
  return power < 0 ? mantissa / powerOfTen(-power) : mantissa * powerOfTen(power);
}

function readDigits(cursor: JsonCursor): number {
  const { bytes, at: from } = cursor;
  let at = from;
  let value = 0;
  for (let code = bytes[at] ?? 0; code >= zero && code <= nine; code = bytes[++at] ?? 0) value = value * 10 + (code - zero);
  if (at === from) throw new Unusual("no number");
  cursor.at = at;
  return value;
}

function readExponent(cursor: JsonCursor): number {
  if (cursor.takesCode(minus)) return -readDigits(cursor);
  cursor.takesCode(plus);
  return readDigits(cursor);
}
