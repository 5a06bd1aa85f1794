import { codeOf } from "@sukima/core";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Env, Log } from "@sukima/core";
import { type ConsumerNote, parseNote } from "./consumer-note.ts";

/** The notes of all processes of this user: a file each, so that none overwrites another's. What fails is logged, and no reason to stop. */
export interface NoteFiles {
  /** Write a note, or replace the one of the same consumer. */
  write(note: ConsumerNote): void;
  remove(note: ConsumerNote): void;
  read(): ConsumerNote[];
}

/** Where notes lie by the XDG base directory specification, which lets relative paths count as unset; undefined without a home. */
export function noteFolder(env: Env): string | undefined {
  const { XDG_STATE_HOME: state = "", HOME: home = "" } = env;
  const base = isAbsolute(state) ? state : isAbsolute(home) ? join(home, ".local", "state") : undefined;
  return base === undefined ? undefined : join(base, "sukima", "kinesis-consumers");
}

/** The notes below a folder; in no folder nothing is kept. */
export function noteFiles(folder: string | undefined, log: Log): NoteFiles {
  if (folder === undefined) return { write() {}, remove() {}, read: () => [] };
  const pathOf = ({ streamArn, name }: ConsumerNote): string =>
    join(folder, `${name}.${createHash("sha256").update(streamArn).digest("hex").slice(0, 12)}.json`);
  let isTold = false;
  const attempt = <T>(otherwise: T, operation: () => T): T => {
    try {
      return operation();
    } catch (error) {
      const code = codeOf(error) || "unknown error";
      if (code !== "ENOENT" && !isTold) {
        isTold = true;
        log.warn(`${folder}: notes about consumers cannot be kept (${code}); one of a run that crashes stays registered`);
      }
      return otherwise;
    }
  };
  const readNote = (file: string): ConsumerNote[] => {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    const note = parseNote(text);
    if (note !== undefined) return [note];
    renameSync(path, `${path}.broken`);
    log.warn(`${path} is no note about a consumer; it is set aside`, {
      hint: "look for consumers that nobody uses with: aws kinesis list-stream-consumers",
    });
    return [];
  };
  return {
    write: (note) =>
      attempt(undefined, () => {
        const path = pathOf(note);
        const temporary = `${path}.${note.pid}.tmp`;
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(temporary, `${JSON.stringify(note)}\n`, { mode: 0o600 });
        renameSync(temporary, path);
      }),
    remove: (note) => attempt(undefined, () => rmSync(pathOf(note))),
    read() {
      const files = attempt<string[]>([], () => readdirSync(folder).filter((file) => file.endsWith(".json")));
      // Another process may remove its own meanwhile.
      return files.flatMap((file) => attempt<ConsumerNote[]>([], () => readNote(file)));
    },
  };
}
