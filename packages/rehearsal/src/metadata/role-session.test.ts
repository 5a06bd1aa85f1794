import { expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { createSessionStore } from "../services/sts/session-store.ts";
import { roleSession } from "./role-session.ts";

it("hands out the same credentials until a quarter of an hour before they end, then new ones", () => {
  let now = 0;
  const sessions = createSessionStore("123456789012", "aws", createRandom(1), () => now);
  const current = roleSession(sessions, { partition: "aws", account: "123456789012", role: "r", sessionName: "s" }, () => now);
  const first = current();
  now = 5.7 * 3_600_000;
  expect(current()).toBe(first);
  now = 5.8 * 3_600_000;
  expect(current().accessKeyId).not.toBe(first.accessKeyId);
});
