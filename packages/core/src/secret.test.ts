import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { expect, it } from "vitest";
import { ToolError } from "./error.ts";
import { Secret } from "./secret.ts";

const secret = new Secret("hunter2");

/** What a console would show. */
function onConsole(...values: unknown[]): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  new Console(stream).log(...values);
  return text;
}

it.each<[string, string]>([
  ["a template", `${secret}`],
  ["a concatenation", `x${[secret].join()}`],
  ["String()", String(secret)],
  ["JSON", JSON.stringify({ secret, list: [secret] })],
  ["inspect", inspect({ secret }, { showHidden: true, depth: 9 })],
  ["inspect with its own properties", inspect(secret, { customInspect: false, showHidden: true, getters: true })],
  ["format", format("%s %o %O %j %d", secret, secret, secret, secret, secret)],
  ["a console", onConsole(secret, { secret })],
  ["an error's text", String(new Error(`bad value ${secret}`))],
  ["an error's cause", inspect(new ToolError("X", "bad", { cause: secret }))],
  ["its keys and values", JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret), { ...secret }])],
  ["a structured clone", inspect(structuredClone(secret))],
])("is not shown by %s", (_where, shown) => {
  expect(shown).not.toContain("hunter2");
});

it("shows itself as [secret]", () =>
  expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toEqual(["[secret]", '"[secret]"', "[secret]"]));

it("opens when it is told to, and tells its length in bytes", () => {
  expect([secret.reveal(), new Secret("pässwörd").bytes]).toEqual(["hunter2", 10]);
});
