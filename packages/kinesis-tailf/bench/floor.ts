// The least that a program in the release form can do with pages: receive them, find the payloads, decode base64, write once a page. `floor URL PAGES`; bytes on stderr.
import { writeSync } from "node:fs";

const [url = "", pages = "0"] = process.argv.slice(2);
let total = 0;
for (let page = 0; page < Number(pages); page++) {
  const answer = await fetch(url, { method: "POST", body: "{}" });
  const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
  const out = Buffer.allocUnsafe(Math.ceil((text.length * 3) / 4));
  let end = 0;
  for (let at = text.indexOf('"Data":"'); at >= 0;) {
    const from = at + 8;
    const to = text.indexOf('"', from);
    end += out.write(text.slice(from, to), end, "base64");
    at = text.indexOf('"Data":"', to);
  }
  for (let at = 0; at < end;) at += writeSync(1, out, at, end - at);
  total += end;
}
process.stderr.write(`{"bytes":${total}}\n`);
