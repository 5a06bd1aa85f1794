import { expect, it } from "vitest";
import { exportLines } from "./shell-exports.ts";

it("quotes what a shell would read differently, and ends with an empty line", () => {
  expect(exportLines({ URL: "http://127.0.0.1:1", ODD: "a b'c$d", EMPTY: "" })).toBe(
    "export URL=http://127.0.0.1:1\nexport ODD='a b'\\''c$d'\nexport EMPTY=''\n\n",
  );
});
