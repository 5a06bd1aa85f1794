import fc from "fast-check";
import { expect, it } from "vitest";
import { parsePath, type Source } from "../rules/path.ts";
import { planFetches } from "./plan.ts";
import { Store } from "./store.ts";
import { Secret } from "@sukima/core";

const sources = (...paths: string[]): Source[] => paths.map((path) => parsePath(path, true));
const shown = (paths: string[], home?: string): string[][] =>
  planFetches(sources(...paths), home).map((fetch) => [
    fetch.region ?? "home",
    ...(fetch.kind === "path" ? [fetch.source.shown] : fetch.sources.map((source) => source.shown)),
  ]);

it.each([
  ["a wider path covers a narrower one", ["/a/**/*", "/a/b/*", "/a/b/**/*", "/a/*"], [["home", "/a/**/*"]]],
  [
    "one level does not cover the levels below it",
    ["/a/*", "/a/b/*"],
    [
      ["home", "/a/*"],
      ["home", "/a/b/*"],
    ],
  ],
  [
    "a name of which another path is a prefix is not below it",
    ["/a/**/*", "/ab/*"],
    [
      ["home", "/a/**/*"],
      ["home", "/ab/*"],
    ],
  ],
  [
    "a name below a path is not asked for again",
    ["/a/*", "/a/x", "/a/b/y"],
    [
      ["home", "/a/*"],
      ["home", "/a/b/y"],
    ],
  ],
  [
    "a selector is asked for by itself",
    ["/a/*", "/a/x:2"],
    [
      ["home", "/a/*"],
      ["home", "/a/x:2"],
    ],
  ],
  ["names are asked once", ["/a", "/a", "/a:1"], [["home", "/a", "/a:1"]]],
  [
    "an ARN of another region goes there",
    ["/a", "arn:aws:ssm:us-west-2:1:parameter/b"],
    [
      ["home", "/a"],
      ["us-west-2", "arn:aws:ssm:us-west-2:1:parameter/b"],
    ],
  ],
  [
    "an ARN of the home region goes with the others",
    ["/a", "arn:aws:ssm:eu-west-1:1:parameter/b"],
    [["home", "/a", "arn:aws:ssm:eu-west-1:1:parameter/b"]],
  ],
  ["the whole store covers everything", ["/**/*", "/a/b/*", "/x"], [["home", "/**/*"]]],
])("%s", (_what, paths, expected) => expect(shown(paths, "eu-west-1")).toEqual(expected));

const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const rule = fc.oneof(
  path,
  path.map((text) => `${text}/*`),
  path.map((text) => `${text}/**/*`),
);
const stores = fc.uniqueArray(path, { maxLength: 20 });

it("gives every source exactly what asking for it alone would give", () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), stores, (rules, names) => {
      const wanted = sources(...rules);
      const planned = serve(planFetches(wanted, undefined), names);
      for (const source of wanted) {
        const alone = serve(planFetches([source], undefined), names);
        expect(answer(planned, source)).toEqual(answer(alone, source));
      }
    }),
  );
});

/** What the service would bring for a plan. */
function serve(plan: ReturnType<typeof planFetches>, names: readonly string[]): Store {
  const store = new Store();
  for (const fetch of plan) {
    for (const name of names) {
      const value = { name, value: new Secret(name), version: "1" };
      const asked = fetch.kind === "names" ? fetch.sources.filter((source) => source.name === name) : [];
      for (const source of asked) store.addParameter(source, value);
      if (fetch.kind !== "path" || !name.startsWith(`${fetch.source.path}/`)) continue;
      if (fetch.source.recursive || !name.slice(fetch.source.path.length + 1).includes("/")) store.addListed(fetch.source.label, value);
    }
  }
  return store;
}

const answer = (store: Store, source: Source): (string | undefined)[] =>
  source.kind === "children"
    ? store.children(source).map(({ name }) => name)
    : [source.kind === "parameter" ? store.parameter(source)?.name : undefined];
