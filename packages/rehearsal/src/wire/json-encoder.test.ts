import { GetParametersByPath$, GetParameterHistory$ } from "@aws-sdk/client-ssm";
import { NormalizedSchema } from "@smithy/core/schema";
import { expect, it } from "vitest";
import { encodeJson } from "./json-encoder.ts";

it("writes no absent members, and times in epoch seconds", () => {
  const schema = NormalizedSchema.of(GetParameterHistory$[5]);
  const output = { Parameters: [{ Name: "x", KeyId: undefined, LastModifiedDate: new Date(1500), Labels: [] }], NextToken: undefined };
  expect(encodeJson(output, schema)).toEqual({ Parameters: [{ Name: "x", LastModifiedDate: 1.5, Labels: [] }] });
});

it("refuses to send a member that the model does not have", () => {
  const schema = NormalizedSchema.of(GetParametersByPath$[5]);
  expect(() => encodeJson({ Parameters: [{ Nmae: "x" }] }, schema)).toThrow("Nmae is not a member of Parameter");
});
