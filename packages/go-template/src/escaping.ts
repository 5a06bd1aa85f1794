import { bytesOf } from "./byte-text.ts";
import { print } from "./printf.ts";
import { isPrintable } from "./quoting.ts";

/** The text html, js and urlquery work on: as print, but nil reads as it does in an action. */
const textOfOperands = (operands: readonly unknown[]): string => print(operands.map((operand) => operand ?? "<no value>"));

const htmlForms: Readonly<Record<string, string>> = {
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\0": "\ufffd",
};

export const html = (operands: readonly unknown[]): string =>
  // oxlint-disable-next-line no-control-regex -- NUL is one of the characters to escape.
  textOfOperands(operands).replace(/["'&<>\0]/g, (char) => htmlForms[char] ?? char);

const jsForms: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", '"': '\\"' };

const escapeForJs = (char: string): string => {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return jsForms[char] ?? (char > "\u007f" && (isPrintable(char) || !char.isWellFormed()) ? char : `\\u${code}`);
};

export const js = (operands: readonly unknown[]): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are escaped too.
  textOfOperands(operands).replace(/[\u0000-\u001f\\'"<>&=]|[^\u0000-\u007f]/gu, escapeForJs);

export const urlquery = (operands: readonly unknown[]): string =>
  textOfOperands(operands).replace(/[^A-Za-z0-9\-_.~]+/gu, (run) =>
    Array.from(bytesOf(run), (byte) => (byte === 0x20 ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)).join(""),
  );
