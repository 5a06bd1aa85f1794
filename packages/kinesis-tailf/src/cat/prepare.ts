import { ToolError } from "@sukima/core";
import { placeText } from "./input/place.ts";
import type { InputRecord } from "./input/read-inputs.ts";
import { type KeyOf, longestKey } from "./partition-key.ts";
import { sizeOf, type UserRecord } from "./send/entry.ts";
import type { Ledger, Position } from "./send/ledger.ts";

export interface Preparation {
  readonly files: readonly string[];
  readonly keyOf: KeyOf;
  /** Bytes of data and key at most, or of data alone where `countsKey` is false. */
  readonly limit: number;
  readonly countsKey: boolean;
  readonly skipsEmpty: boolean;
  readonly skipsOversize: boolean;
  /** Records that an earlier run has sent, counted from where this one begins. */
  readonly sent: Position["arrived"];
  readonly ledger: Ledger;
  /** Told of a record that is left out because it is too long. */
  skipped(sentence: string): void;
}

/**
 * Give each record its key and its number. Records that are not to be sent count as arrived.
 * Throws `ToolError` at a record that cannot be sent; those before it have been given.
 */
export async function* prepare(records: AsyncIterable<readonly InputRecord[]>, how: Preparation): AsyncGenerator<readonly UserRecord[]> {
  const { files, keyOf, limit, countsKey, skipsEmpty, skipsOversize, sent, ledger, skipped } = how;
  let row = 0;
  const wasSent = (ordinal: number): boolean => {
    while (ordinal > (sent[row]?.[1] ?? Number.POSITIVE_INFINITY)) row++;
    return ordinal >= (sent[row]?.[0] ?? Number.POSITIVE_INFINITY);
  };
  /** The record to send, why it cannot be sent, or nothing. */
  const judge = ({ data, length, place }: InputRecord, ordinal: number): UserRecord | ToolError | undefined => {
    if (wasSent(ordinal) || (length === 0 && skipsEmpty)) return undefined;
    const key = data === undefined || !countsKey ? "" : keyOf(data);
    const bytes = data === undefined ? length : sizeOf(data, key);
    if (data === undefined || bytes > limit) {
      const sentence = `${placeText(files, place)}: the record has ${bytes} bytes${key === "" ? "" : " with its key"}, more than the limit of ${limit}`;
      if (!skipsOversize) return new ToolError("OVERSIZE", sentence, { hint: "leave such records out with -skip-oversize" });
      skipped(sentence);
      return undefined;
    }
    if (key.length > longestKey) {
      return new ToolError("LONG_KEY", `${placeText(files, place)}: the key has ${key.length} characters; ${longestKey} are allowed`);
    }
    return { ordinal, key, data };
  };
  for await (const some of records) {
    const users: UserRecord[] = [];
    for (const record of some) {
      const ordinal = ledger.begin(record.place, record.next);
      const user = judge(record, ordinal);
      if (user instanceof ToolError) {
        yield users;
        throw user;
      }
      if (user === undefined) ledger.arrive(ordinal);
      else users.push(user);
    }
    yield users;
  }
}
