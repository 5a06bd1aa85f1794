import { bytesOf } from "./byte-text.ts";
import { print } from "./printf.ts";
import { hex, isPrintable } from "./quoting.ts";

/** The text html, js and urlquery work on: as print, but nil reads as it does in an action. */
const textOfOperands = (operands: readonly unknown[]): string => print(operands.map((operand) => operand ?? "<no value>"));

const htmlForms: Readonly<Record<string, string>> = { "\0": "\ufffd", "&": "&amp;", "<": "&lt;", ">": "&gt;" };

export const html = (operands: readonly unknown[]): string =>
  // oxlint-disable-next-line no-control-regex -- NUL is one of the characters to escape.
  textOfOperands(operands).replace(/["'&<>\0]/g, (char) => htmlForms[char] ?? `&#${char.charCodeAt(0)};`);

export const js = (operands: readonly unknown[]): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are escaped too.
  textOfOperands(operands).replace(/[\u0000-\u001f\\'"<>&=]|[^\u0000-\u007f]/gu, (char) => {
    if (/[\\'"]/.test(char)) return `\\${char}`;
    if (char > "\u007f" && (isPrintable(char) || !char.isWellFormed())) return char;
    return `\\u${hex(char.codePointAt(0) ?? 0, 4).toUpperCase()}`;
  });

export const urlquery = (operands: readonly unknown[]): string =>
  textOfOperands(operands).replace(/[^A-Za-z0-9\-_.~]+/gu, (run) =>
    Array.from(bytesOf(run), (byte) => (byte === 0x20 ? "+" : `%${hex(byte, 2).toUpperCase()}`)).join(""),
  );
