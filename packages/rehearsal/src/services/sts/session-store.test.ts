import { expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { createSessionStore } from "./session-store.ts";

it("refuses its own credentials once their time is over, in real time", () => {
  let now = Date.UTC(2026, 0, 1);
  const sessions = createSessionStore("123456789012", "aws", createRandom(1), () => now);
  const { accessKeyId, sessionToken, expiration } = sessions.issue({ arn: "arn:x", userId: "u", account: "123456789012" }, 900_000);
  expect(expiration).toEqual(new Date(now + 900_000));
  expect(sessions.identify(accessKeyId, sessionToken).arn).toBe("arn:x");
  now += 900_000;
  expect(() => sessions.identify(accessKeyId, sessionToken)).toThrow(expect.objectContaining({ code: "ExpiredTokenException" }));
});
