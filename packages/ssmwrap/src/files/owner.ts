import { readFileSync } from "node:fs";
import { ToolError } from "@sukima/core";

/** A user's or group's number: digits as they are, names by /etc/passwd and /etc/group. Throws `ToolError` UNKNOWN_OWNER. */
export function ownerId(owner: string, database: "/etc/passwd" | "/etc/group"): number {
  if (/^\d+$/.test(owner)) return Number(owner);
  let lines: string[];
  try {
    lines = readFileSync(database, "utf8").split("\n");
  } catch {
    lines = [];
  }
  const entry = lines.map((line) => line.split(":")).find(([name]) => name === owner);
  if (entry?.[2] === undefined)
    throw new ToolError("UNKNOWN_OWNER", `${database} has no ${JSON.stringify(owner)}`, { hint: "give the number" });
  return Number(entry[2]);
}
