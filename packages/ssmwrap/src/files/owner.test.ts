import { expect, it } from "vitest";
import { isOwner, ownerId } from "./owner.ts";

it.each(["0", "1000", "4294967294", "root", "www-data", "_apt", "DOMAIN\\user", "user@example"])("%s can own a file", (text) => {
  expect(isOwner(text)).toBe(true);
});

it.each(["", "-1", "4294967295", "4294967296", "99999999999999999999", "+1", "a:b", "two words", " 1"])("%j cannot", (text) => {
  expect(isOwner(text)).toBe(false);
});

it("names are looked up, numbers are not", () => {
  expect([ownerId("root", "/etc/passwd"), ownerId("4294967294", "/etc/group")]).toEqual([0, 4_294_967_294]);
  expect(() => ownerId("no-such-user", "/etc/passwd")).toThrow('/etc/passwd has no "no-such-user"');
});
