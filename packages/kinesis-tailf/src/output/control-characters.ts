const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\u001b": "\\e" };

/** C0 but the tab, DEL, C1, and what turns the direction of writing: the last could make one text look like another. */
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with its control characters spelled out, so that a terminal shows them and does not obey them. */
export const escapeControls = (text: string): string =>
  text.replaceAll(controls, (found) => {
    const code = found.charCodeAt(0);
    return named[found] ?? (code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`);
  });
