import { expect, it } from "vitest";
import type { ParameterSource } from "../rules/path.ts";
import { type Call, getParameters } from "./ssm.ts";

const source = (name: string, selector = ""): ParameterSource => ({ kind: "parameter", name, selector, region: undefined, shown: name });
const answering =
  (...parameters: readonly object[]): Call =>
  async (_operation, _input, read) =>
    read({ Parameters: parameters });

it("takes the newest version for a plain name where an emulator leaves out the selectors", async () => {
  const plain = source("/v/B");
  const call = answering({ Name: "/v/B", Value: "labelled", Version: 2 }, { Name: "/v/B", Value: "newest", Version: 10 });
  const found = await getParameters(call, [plain, source("/v/B", ":label")]);
  expect([...found].map(([asked, { value }]) => [asked === plain, value.reveal()])).toEqual([[true, "newest"]]);
});

it("goes by the selector where there is one", async () => {
  const [plain, labelled] = [source("/v/B"), source("/v/B", ":label")];
  const call = answering(
    { Name: "/v/B", Value: "labelled", Version: 12, Selector: ":label" },
    { Name: "/v/B", Value: "plain", Version: 10 },
  );
  const found = await getParameters(call, [plain, labelled]);
  expect([found.get(plain)?.value.reveal(), found.get(labelled)?.value.reveal()]).toEqual(["plain", "labelled"]);
});
