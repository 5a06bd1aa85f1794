import { expect, it } from "vitest";
import { escapeXml } from "./xml-encoder.ts";

it("keeps the characters that XML allows", () => {
  expect(escapeXml('a\tb\nc\rd ü 日本 \u{1F600} \uFFFD <&>"')).toBe("a\tb\nc&#xD;d ü 日本 \u{1F600} \uFFFD &lt;&amp;&gt;&quot;");
});

it.each(["\0", "\u0001", "\b", "\v", "\f", "\u001F", "\uFFFE", "\uFFFF", "\uD800", "\uDFFF", "\uDC00\uD800"])(
  "replaces %j, which XML forbids",
  (text) => {
    expect(escapeXml(`a${text}b`)).toBe(`a${"\uFFFD".repeat(text.length)}b`);
  },
);
