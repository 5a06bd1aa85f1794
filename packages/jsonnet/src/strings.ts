const surrogates = /[\ud800-\udfff]/;

/** Orders by code point. The built-in order compares UTF-16 units and is wrong above U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the 16-bit units, where the characters they make belong. */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

let lastText = "";
let lastPoints: readonly string[] | undefined;

/** The characters (code points) of a text that has surrogates, else undefined: then units are characters. Remembers the last text. */
function wideCharacters(text: string): readonly string[] | undefined {
  if (text !== lastText) {
    lastPoints = surrogates.test(text) ? Array.from(text) : undefined;
    lastText = text;
  }
  return lastPoints;
}

/** Length in code points. */
export function countCharacters(text: string): number {
  return wideCharacters(text)?.length ?? text.length;
}

/** The characters of a text, each as a string. */
export function listCharacters(text: string): string[] {
  return Array.from(text);
}

/** The text between two places counted in code points. */
export function sliceCharacters(text: string, from: number, to: number): string {
  const wide = wideCharacters(text);
  return wide ? wide.slice(from, to).join("") : text.slice(from, to);
}
