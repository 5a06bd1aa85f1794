import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, variables } from "../support/in-process.ts";

let aws: Rehearsal;
beforeAll(async () => {
  aws = await startRehearsal({
    world: {
      parameters: {
        "/p/a": "1",
        "/p/b": "2",
        "/p/deep/c": "3",
        "/p/deep/er/d": "4",
        "/q/my-app.key": "odd",
        "/q/9lives": "digit",
        "/d/x/DUP": "first",
        "/d/y/DUP": "second",
        "/r/path": "/evil",
        "/r/ok": "fine",
        "/v/V": { value: "three", history: [{ value: "one" }, { value: "two", labels: ["live"] }] },
        "/j/obj": '{"user":"u","port":5432,"nested":{"a":1}}',
        "/j/b64": "aGVsbG8=",
        plain: "no slash",
      },
    },
  });
});
afterAll(() => aws.stop());

/** v1 and v2 command lines, and the variables that they give. */
describe("variables of", () => {
  it.each([
    ["every level below a v1 path", ["-paths=/p/"], { A: "1", B: "2", C: "3", D: "4" }],
    ["a v1 path with two dashes and a value of its own", ["--paths", "/p"], { A: "1", B: "2", C: "3", D: "4" }],
    [
      "direct children with -no-recursive and a prefix",
      ["--paths", "/p,/q/", "-no-recursive", "-prefix", "my_", "-sanitize"],
      { MY_A: "1", MY_B: "2", MY_MY_APP_KEY: "odd", MY_9LIVES: "digit" },
    ],
    ["direct children with -recursive=false", ["-paths=/p", "-recursive=false"], { A: "1", B: "2" }],
    ["the entire path", ["-paths", "/p/deep", "-env-entire-path", "-env-prefix=X_"], { X_P_DEEP_C: "3", X_P_DEEP_ER_D: "4" }],
    ["names, with and without a slash, with version and label", ["-names", "plain,/p/a,/v/V:1"], { PLAIN: "no slash", A: "1", V: "one" }],
    ["a v2 rule for one level", ["-env", "path=/p/*"], { A: "1", B: "2" }],
    [
      "a v2 rule for all levels with entirepath",
      ["-env", "path=/p/**/*,entirepath=true"],
      { P_A: "1", P_B: "2", P_DEEP_C: "3", P_DEEP_ER_D: "4" },
    ],
    ["a trailing slash, as one level", ["-env", "path=/p/"], { A: "1", B: "2" }],
    ["-rule with a type", ["-rule", "type=env,path=/p/a,to=RENAMED"], { RENAMED: "1" }],
    ["case=keep, which keeps the prefix too", ["-env", "path=/p/a,prefix=my_,case=keep"], { my_a: "1" }],
    ["-case keep for all rules", ["-case", "keep", "-env", "path=/p/*"], { a: "1", b: "2" }],
    ["a quoted prefix with a comma", ["-env", 'path=/p/a,prefix="x,\\"y\\\\",case=keep'], { 'x,"y\\a': "1" }],
    ["replace", ["-env", "path=/q/my-app.key,replace=-:_"], { "MY_APP.KEY": "odd" }],
    ["only and except of a wildcard", ["-env", "path=/p/**/*,only=a|deep/*,except=d"], { A: "1", C: "3" }],
    [
      "a JSON object, members that are no strings as JSON",
      ["-env", "path=/j/obj,json=true,prefix=db_"],
      { DB_USER: "u", DB_PORT: "5432", DB_NESTED: '{"a":1}' },
    ],
    ["one member of a JSON value", ["-env", "path=/j/obj,key=port,to=PORT"], { PORT: "5432" }],
    ["base64", ["-env", "path=/j/b64,b64=true"], { B64: "hello" }],
    ["a version", ["-env", "path=/v/V,version=2"], { V: "two" }],
    ["a label", ["-env", "path=/v/V,version=label:live"], { V: "two" }],
    ["a whole path at a label", ["-env", "path=/v/*,version=label:live"], { V: "two" }],
    [
      "one name with several selectors, in any order",
      ["-env", "path=/v/V:live,to=L", "-env", "path=/v/V,to=N", "-env", "path=/v/V:1,to=O"],
      { L: "two", N: "three", O: "one" },
    ],
    ["an ARN", ["-env", "path=arn:aws:ssm:ap-northeast-1:123456789012:parameter/p/a"], { A: "1" }],
    ["a default for what is missing", ["-env", "path=/p/none,default=d"], { NONE: "d" }],
    ["an explicit reserved name", ["-env", "path=/r/path,to=PATH"], { PATH: "/evil" }],
    ["-allow-reserved", ["-env", "path=/r/*", "-allow-reserved"], { PATH: "/evil", OK: "fine" }],
  ])("%s", async (_what, argv, expected) => {
    expect(await variables(aws, argv)).toEqual(expected);
  });
});

it("warns of a name that a shell cannot use, once, and keeps it", async () => {
  const { out, err } = await run(aws, ["-print", "json", "-names=/q/my-app.key,/q/my-app.key"]);
  expect(JSON.parse(out)).toEqual({ "MY-APP.KEY": "odd" });
  expect(err).toBe(
    "ssmwrap: warning: a variable's name cannot be used in a shell variable=MY-APP.KEY parameter=/q/my-app.key\nssmwrap: hint: make such names usable with -sanitize\n",
  );
});

it("lets the later parameter win a collision, in the order of names, and says so once", async () => {
  const runs = await Promise.all(Array.from({ length: 10 }, () => run(aws, ["-print", "json", "-paths=/d"])));
  for (const { out, err } of runs) {
    expect(JSON.parse(out)).toEqual({ DUP: "second" });
    expect(err).toBe(
      'ssmwrap: warning: two parameters give one variable; the last one wins variable=DUP parameters="/d/x/DUP, /d/y/DUP"\n',
    );
  }
});

it("refuses a collision when asked to", async () => {
  const { code, out, err } = await run(aws, ["-print", "json", "-paths=/d", "-on-collision=error"]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain("two parameters give DUP: /d/x/DUP, /d/y/DUP");
});

it("keeps reserved variables from parameters that happen to have their name", async () => {
  const { out, err } = await run(aws, ["-print", "json", "-env", "path=/r/*"]);
  expect(JSON.parse(out)).toEqual({ OK: "fine" });
  expect(err).toContain("left a reserved variable alone variable=PATH parameter=/r/path");
});

it("applies the environment's rules before those of flags, lists in the order of their numbers", async () => {
  const env = { SSMWRAP_ENV_10: "path=/p/a,to=X", SSMWRAP_ENV_2: "path=/p/b,to=X", "SSMWRAP_ENV-PREFIX": "P_", SSMWRAP_PATHS: "/p/deep" };
  expect(await variables(aws, [], { env })).toEqual({ X: "1", P_C: "3", P_D: "4" });
  expect(await variables(aws, ["-env", "path=/p/deep/c,to=X"], { env })).toEqual({ X: "3", P_C: "3", P_D: "4" });
});

it("reads the underscore form of a variable with a dash", async () => {
  expect(await variables(aws, ["-paths=/p", "-no-recursive"], { env: { SSMWRAP_ENV_PREFIX: "U_" } })).toEqual({ U_A: "1", U_B: "2" });
});

it("reads SSMWRAP_ENV as v1's switch or as a rule", async () => {
  expect(await variables(aws, ["-env", "path=/p/a"], { env: { SSMWRAP_ENV: "false", SSMWRAP_PATHS: "/p" } })).toEqual({ A: "1" });
  expect(await variables(aws, [], { env: { SSMWRAP_ENV: "path=/p/b" } })).toEqual({ B: "2" });
});

it("lets the caller's variables win where asked", async () => {
  const env = { A: "mine", B: "mine" };
  expect(await variables(aws, ["-paths=/p", "-no-recursive", "-keep-existing"], { env })).toEqual({});
  expect(await variables(aws, ["-paths=/p", "-no-recursive", "-keep-existing=A"], { env })).toEqual({ B: "2" });
  expect(await variables(aws, ["-paths=/p", "-no-recursive"], { env })).toEqual({ A: "1", B: "2" });
});

it("expands references in the caller's variables, and only when asked", async () => {
  const env = {
    ONE: "ssm:///p/a",
    BARE: "ssm://plain",
    OLD: "ssm:///v/V:1",
    PICKED: "ssm:///j/obj#user",
    DEFAULTED: "ssm:///p/none?default=a#b",
    ARN: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/p/b",
    OTHER: "https://example.com/",
  };
  expect(await variables(aws, ["-expand"], { env })).toEqual({
    ONE: "1",
    BARE: "no slash",
    OLD: "one",
    PICKED: "u",
    DEFAULTED: "a#b",
    ARN: "2",
  });
  expect(await variables(aws, ["-names=/p/a"], { env })).toEqual({ A: "1" });
});

it("tells a parameter of another account from an own one of the same name", async () => {
  const theirs = "arn:aws:ssm:ap-northeast-1:999999999999:parameter/p/KEY";
  await using shared = await startRehearsal({ world: { parameters: { "/p/KEY": "ours", [theirs]: "theirs" } } });
  expect(await variables(shared, ["-env", "path=/p/KEY", "-env", `path=${theirs},to=THEIRS`])).toEqual({ KEY: "ours", THEIRS: "theirs" });
  const { code } = await run(shared, ["-print=json", "-env", "path=/p/KEY", "-env", `path=${theirs}`, "-on-collision=error"]);
  expect(code).toBe(1);
});

it("counts two versions of one parameter as a collision", async () => {
  const { code, err } = await run(aws, ["-print=json", "-names=/v/V:1,/v/V:2", "-on-collision=error"]);
  expect([code, err.split("\n")[0]]).toEqual([1, "ssmwrap: error: two parameters give V: /v/V:1, /v/V:2"]);
});

it("reads v1's alias SSMWRAP_PREFIX, which the full name overrides", async () => {
  expect(await variables(aws, ["-names=/p/a"], { env: { SSMWRAP_PREFIX: "X_" } })).toEqual({ X_A: "1" });
  expect(await variables(aws, ["-names=/p/a"], { env: { SSMWRAP_PREFIX: "X_", "SSMWRAP_ENV-PREFIX": "Y_" } })).toEqual({ Y_A: "1" });
});

it("takes the whole store when that is allowed, names without a slash too", async () => {
  expect(Object.keys(await variables(aws, ["-env", "path=/*", "-allow-root"]))).toEqual(["PLAIN"]);
  expect(await variables(aws, ["-paths=/", "-allow-root", "-on-collision=last"])).toMatchObject({ A: "1", D: "4", PLAIN: "no slash" });
});

it("replaces a reference also where the caller's variables win otherwise, and leaves other ARNs alone", async () => {
  const env = {
    TOK: "ssm:///p/a",
    A: "mine",
    DOC: "arn:aws:ssm:us-east-1:123456789012:document/X",
    ROLE: "arn:aws:iam::123456789012:role/x",
  };
  expect(await variables(aws, ["-expand", "-keep-existing", "-names=/p/a"], { env })).toEqual({ TOK: "1" });
});

it.each([
  ["a reference to a whole path", ["-expand"], { T: "ssm:///p/*" }, "T refers to a whole path"],
  ["an ARN whose region is a host", ["-names=arn:aws:ssm:evil.example/x:1:parameter/x"], {}, '"evil.example/x" is not a region'],
  ["a bad rule, by the variable that holds it", [], { SSMWRAP_ENV_DB: "bar" }, 'SSMWRAP_ENV_DB: rule "bar": expected key=value'],
  ["a bad rule, by its flag", ["-env=pth=/x"], {}, '-env: rule "pth=/x": unknown key "pth"'],
])("refuses %s", async (_what, argv, env, sentence) => {
  const { code, err } = await run(aws, ["-print=json", ...argv], { env });
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

it("refuses base64 that is no text for a variable", async () => {
  await using other = await startRehearsal({ world: { parameters: { "/b/x": "p0p0" } } });
  const { code, err } = await run(other, ["-print=json", "-env", "path=/b/x,b64=true"]);
  expect([code, err.split("\n")[0]]).toEqual([1, "ssmwrap: error: the decoded value of /b/x is not UTF-8"]);
});

it("names the member that is missing", async () => {
  const { err } = await run(aws, ["-print=json", "-env", "path=/j/obj,key=nope"]);
  expect(err).toBe("ssmwrap: warning: not found: /j/obj#nope\n");
});

it("says that Name and Path of a v1 rule were swapped, when the parameter is a directory here", async () => {
  const { err } = await run(aws, ["-file", "Name=/tmp,Path=/prod/DB_HOST", "-dry-run"]);
  expect(err).toBe(
    "ssmwrap: warning: not found: /tmp\nssmwrap: hint: /tmp is a directory: in Name=,Path= the parameter is Name and the file Path\n",
  );
});
