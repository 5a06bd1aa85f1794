import { ToolError } from "@sukima/core";
import { platform } from "@sukima/core/platform";

/** The greatest number of a user or group; the next one, (uid_t) -1, means "leave it" to chown. */
const maxId = 2 ** 32 - 2;

/** Whether a text can say who owns a file: a number that the system takes, or a name. Whether there is one of that name is not asked. */
export const isOwner = (text: string): boolean => (/^\d+$/.test(text) ? Number(text) <= maxId : /^[^-+:\s][^:\s]*$/.test(text));

/** A user's or group's number: digits as they are, names by /etc/passwd and /etc/group. Throws `ToolError` UNKNOWN_OWNER. */
export function ownerId(owner: string, database: "/etc/passwd" | "/etc/group"): number {
  if (/^\d+$/.test(owner)) return Number(owner);
  let lines: string[];
  try {
    lines = platform.files.readFileSync(database, "utf8").split("\n");
  } catch {
    lines = [];
  }
  const entry = lines.map((line) => line.split(":")).find(([name]) => name === owner);
  if (entry?.[2] === undefined)
    throw new ToolError("UNKNOWN_OWNER", `${database} has no ${JSON.stringify(owner)}`, { hint: "give the number" });
  return Number(entry[2]);
}
