import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";

let aws: Rehearsal;
let put: (value: string, pattern: string) => Promise<unknown>;

beforeEach(async () => {
  aws = await startRehearsal();
  const { ssm } = clientsOf(aws);
  put = (Value, AllowedPattern) => ssm.send(new PutParameterCommand({ Name: "/new", Value, AllowedPattern, Type: "String" }));
});

afterEach(() => aws.stop());

describe("an AllowedPattern", () => {
  it.each([
    ["[\\w\\-\\_]+", "a-b_c", "."],
    ["^[\\w\\-\\@]+$", "me@home", "me home"],
    ["^\\-?\\d+\\.?\\d*$", "-1.5", "1,5"],
    ['^[^\\s\\"]+$', "one", 'the "one"'],
    ["(?i)abc", "xABCx", "ab"],
    ["\\Aabc\\z", "abc", "abc\n"],
    ["\\Aabc\\Z", "abc\n", "abc\n\n"],
    ["^.{1,4096}$", "v", "line\nbreak"],
    ["^(?=.*\\d)(?=.*[A-Z])[\\w\\-]{8,}$", "Passw0rd-", "password-"],
    ["(?i)\\A(?!root)\\w+\\Z", "user\n", "ROOT"],
    ["^(\\w)\\w*\\1$", "abba", "abc"],
  ])("%s allows %j and not %j", async (pattern, allowed, other) => {
    expect((await refusal(put(other, pattern))).name).toBe("ParameterPatternMismatchException");
    await put(allowed, pattern);
  });

  it.each(["(", "[a", "*a", "a{2,1}", "\\", "(?i)(?=a", "(?ii)(?=a)"])("must be a regular expression, which %s is not", async (pattern) => {
    expect((await refusal(put("v", pattern))).name).toBe("InvalidAllowedPatternException");
  });

  it("costs no more time than its value is long", async () => {
    expect((await refusal(put(`${"a".repeat(4000)}b`, "^(a+)+$"))).name).toBe("ParameterPatternMismatchException");
  });

  it("is given up when only backtracking can match it and that does not end", async () => {
    expect((await refusal(put(`${"a".repeat(100)}b`, "^(?=(a+)+$)"))).message).toBe(
      "Rehearsal gave the AllowedPattern up after 500 ms: ^(?=(a+)+$)",
    );
  });
});
