import { parseExactJson } from "../exact-json.ts";
import type { StreamRecord } from "../record.ts";
import { type BytesTest, bytesTest, compilePattern } from "./pattern.ts";
import { parseWhere, type WhereClause } from "./where-clause.ts";
import { holds } from "./where-test.ts";

/** What the flags of the filter say; each may be given several times. */
export interface FilterSettings {
  /** One of these must match the payload. */
  readonly grep: readonly string[];
  /** None of these may match it. */
  readonly grepV: readonly string[];
  /** For the two above. */
  readonly ignoreCase: boolean;
  /** One of these must match the partition key; a record without one is left out. */
  readonly key: readonly string[];
  /** All of these must hold for the payload as JSON; a payload that is no JSON object or list is left out. */
  readonly where: readonly string[];
}

type RecordTest = (record: StreamRecord) => boolean;

/**
 * The test that a record must pass to be printed; undefined when every record passes.
 * Throws usage errors that show the flag, its value and, for `-where`, the position.
 */
export function compileFilter({ grep, grepV, ignoreCase, key, where }: FilterSettings): RecordTest | undefined {
  const keys = key.map((source) => compilePattern(source, "-key", false));
  const wanted = grep.map((source) => bytesTest(source, "-grep", ignoreCase));
  const unwanted = grepV.map((source) => bytesTest(source, "-grep-v", ignoreCase));
  const clauses = where.map(parseWhere);
  // The cheap ones first.
  const tests: RecordTest[] = [];
  if (keys.length > 0) tests.push((record) => keys.some((pattern) => record.key !== null && pattern.test(record.key)));
  if (wanted.length + unwanted.length > 0) tests.push(({ data }) => matches(data, wanted, unwanted));
  if (clauses.length > 0) tests.push(({ data }) => satisfies(data, clauses));
  return tests.length === 0 ? undefined : (record) => tests.every((test) => test(record));
}

const bufferOf = (data: Uint8Array): Buffer => Buffer.from(data.buffer, data.byteOffset, data.length);

function matches(data: Uint8Array, wanted: readonly BytesTest[], unwanted: readonly BytesTest[]): boolean {
  const bytes = bufferOf(data);
  let decoded: string | undefined;
  const text = (): string => (decoded ??= bytes.toString());
  const isMatch = (test: BytesTest): boolean => test(bytes, text);
  return (wanted.length === 0 || wanted.some(isMatch)) && !unwanted.some(isMatch);
}

function satisfies(data: Uint8Array, clauses: readonly WhereClause[]): boolean {
  const text = bufferOf(data).toString();
  // Plain text is told without the cost of an exception.
  if (!/^\s*[{[]/.test(text)) return false;
  const payload = parseExactJson(text);
  return payload !== undefined && clauses.every((clause) => holds(clause, payload));
}
