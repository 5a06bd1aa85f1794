import { aggregate } from "../../support/aggregate.ts";

const base64 = (payload: string | Uint8Array): string => Buffer.from(payload).toString("base64");

/** Members of a record, each as JSON. */
const member = {
  sequence: (at: number): string => `"SequenceNumber":"4954011585924826${String(at).padStart(40, "0")}"`,
  arrival: (seconds: string): string => `"ApproximateArrivalTimestamp":${seconds}`,
  data: (payload: string | Uint8Array): string => `"Data":"${base64(payload)}"`,
  key: (json: string): string => `"PartitionKey":${json}`,
};

/** A record as AWS writes it, but for what is told. */
export function recordJson(more: { at?: number; arrival?: string; payload?: string | Uint8Array; key?: string } = {}): string {
  const { at = 1, arrival = "1700000000.123", payload = "hello", key = '"key-1"' } = more;
  return `{${[member.sequence(at), member.arrival(arrival), member.data(payload), member.key(key)].join(",")}}`;
}

/** An answer of GetRecords as AWS writes it. */
export const answerJson = (records: readonly string[], next = '"AAAA"'): string =>
  `{"MillisBehindLatest":60000,"NextShardIterator":${next},"Records":[${records.join(",")}]}`;

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

type Corpus = readonly (readonly [what: string, body: string])[];

const inEveryOrder = permutations([member.sequence(1), member.arrival("1700000000.123"), member.data("hello"), member.key('"k"')]);
const topLevelOrders = permutations(['"MillisBehindLatest":5', '"NextShardIterator":"AAAA"', `"Records":[${recordJson()}]`]);

/** Answers that a scan reads. */
export const plainAnswers: Corpus = [
  ["no record", answerJson([])],
  ["one record", answerJson([recordJson()])],
  [
    "payloads of every padding, and an empty one",
    answerJson(["", "a", "ab", "abc", "abcd"].map((payload, at) => recordJson({ at, payload }))),
  ],
  ["every byte", answerJson([recordJson({ payload: Uint8Array.from({ length: 256 }, (_, at) => at) })])],
  ["a payload of 100 KB", answerJson([recordJson({ payload: "x".repeat(100_000) })])],
  ["members in every order", answerJson(inEveryOrder.map((members) => `{${members.join(",")}}`))],
  ...topLevelOrders.map((members, at) => [`top-level members in order ${at + 1}`, `{${members.join(",")}}`] as const),
  ["an encrypted record", answerJson([recordJson().replace("}", ',"EncryptionType":"KMS"}'), recordJson({ at: 2 })])],
  ...(
    [
      ["an empty key", '""'],
      ["a key with quotes", String.raw`"a\"b\"\""`],
      ["a key that ends with backslashes", String.raw`"a\\\\"`],
      ["a key that ends with a backslash and a quote", String.raw`"a\\\""`],
      ["a key with \\u escapes", String.raw`"\u0041\uD83D\uDE00\u0000"`],
      ["a key with half of a surrogate pair", String.raw`"\uD83D"`],
      ["a key with control characters, escaped", String.raw`"\b\f\n\r\t\/"`],
      ["a key in UTF-8", '"隙間 é"'],
      ["a key of emoji", '"🦉🇯🇵"'],
      ["a key of digits", '"1234567890123"'],
      ["a key that looks like a member", String.raw`"\"SequenceNumber\":\"1\",\"PartitionKey\":\"x"`],
      ["a key that is the name of a member", '"SequenceNumber"'],
      ["a key of braces and commas", '"}],{"'],
    ] as const
  ).map(([what, key]) => [what, answerJson([recordJson({ key }), recordJson({ at: 2 })])] as const),
  ...["1.7E9", "17e8", "1.7e+9", "17000000001E-1", "1700000000", "0", "1700000000.123", "1700000000.1235", "0.001", "1700000000.0"].map(
    (arrival) => [`an arrival of ${arrival}`, answerJson([recordJson({ arrival })])] as const,
  ),
  ["what the KPL aggregated", answerJson([recordJson({ payload: aggregate(["one", "two"]) }), recordJson({ at: 2, payload: "three" })])],
  ["no next iterator", answerJson([recordJson()], "null")],
  ["a next iterator that is missing", `{"MillisBehindLatest":0,"Records":[${recordJson()}]}`],
  ["no lag", `{"NextShardIterator":"AAAA","Records":[${recordJson()}]}`],
  ["an iterator with escaped slashes", answerJson([recordJson()], String.raw`"AA\/A+\u0041=="`)],
  ["Records twice", answerJson([recordJson()]).replace("{", `{"Records":[${recordJson({ at: 2, payload: "other" })}],`)],
  ["an iterator and then none", answerJson([recordJson()]).replace('"AAAA"', '"AAAA","NextShardIterator":null')],
];

const one = answerJson([recordJson()]);

/** Answers that the SDK reads, and a scan leaves to it. */
export const unusualAnswers: Corpus = [
  ["spaces", JSON.stringify(JSON.parse(one), null, 1)],
  ["a line's end behind it", `${one}\n`],
  ["a space in front", ` ${one}`],
  ["unknown members at the top", one.replace("{", '{"Unknown":[{"a":1}],')],
  ["unknown members of a record", one.replace('{"Seq', '{"Unknown":null,"Seq')],
  ["children of a closed shard", one.replace('"NextShardIterator":"AAAA"', '"NextShardIterator":null,"ChildShards":[]')],
  ["a sequence number twice", one.replace('{"Seq', '{"SequenceNumber":"1","Seq')],
  ["a payload twice", one.replace('"Data"', '"Data":"AAAA","Data"')],
  ["escaped slashes in base64", answerJson([recordJson({ payload: Uint8Array.of(255, 255, 255) }).replace("////", String.raw`\/\/\/\/`)])],
  ["a sequence number that is missing", one.replace(/"SequenceNumber":"\d+",/, "")],
  [
    "17 keys and no sequence number",
    one.replace(/"SequenceNumber":"\d+"/, Array.from({ length: 16 }, () => '"PartitionKey":"k"').join(",")),
  ],
  ["a key that is missing", one.replace(/,"PartitionKey":"[^"]*"/, "")],
  ["a payload that is missing", one.replace(/"Data":"[^"]*",/, "")],
  ["an arrival that is missing", one.replace(/"ApproximateArrivalTimestamp":[\d.]*,/, "")],
  ["an arrival of null", answerJson([recordJson({ arrival: "null" })])],
  ["an arrival before 1970", answerJson([recordJson({ arrival: "-1.5" })])],
  ["an arrival of many digits", answerJson([recordJson({ arrival: "1700000000.123456789" })])],
  ["an arrival of no time", answerJson([recordJson({ arrival: "1e15" })])],
  ["an EncryptionType of null", one.replace('{"Seq', '{"EncryptionType":null,"Seq')],
  ["a lag of null", one.replace("60000", "null")],
  ["Records of null", '{"NextShardIterator":"AAAA","Records":null,"MillisBehindLatest":0}'],
];

/** Answers that nobody can read. */
export const brokenAnswers: Corpus = [
  ["an empty body", ""],
  ["a page of HTML", "<html><body>busy</body></html>"],
  ["a string", '"Records"'],
  ["a bare value behind it", `${one}1`],
  ["another answer behind it", one + one],
  ["a comma too much", one.replace("}]", "},]")],
  ["no comma between records", answerJson([recordJson() + recordJson()])],
  ["no comma between members", one.replace(',"Data', '"Data')],
  ["a control character in a key", answerJson([recordJson({ key: '"a\nb"' })])],
  ["an escape that is none", answerJson([recordJson({ key: String.raw`"a\x"` })])],
  ["half of an escape", answerJson([recordJson({ key: String.raw`"\u00"` })])],
  ["a number that begins with 0", answerJson([recordJson({ arrival: "01700000000" })])],
  ["a number that ends with a point", answerJson([recordJson({ arrival: "1700000000." })])],
  ["a number that begins with a point", answerJson([recordJson({ arrival: ".5" })])],
  ["two exponents", answerJson([recordJson({ arrival: "1e2e3" })])],
  ["an exponent with a point", answerJson([recordJson({ arrival: "1e2.0" })])],
  ["an exponent without digits", answerJson([recordJson({ arrival: "1e" })])],
  ["two points", answerJson([recordJson({ arrival: "1.2.3" })])],
  ["no base64", one.replace(/"Data":"[^"]*"/, '"Data":"a*bc"')],
  ["base64 without its padding", one.replace(/"Data":"[^"]*"/, '"Data":"aGk"')],
  ["base64 with padding inside", one.replace(/"Data":"[^"]*"/, '"Data":"aG==aGVs"')],
  ["base64 of padding alone", one.replace(/"Data":"[^"]*"/, '"Data":"===="')],
  ["base64 with a line's end", one.replace(/"Data":"[^"]*"/, '"Data":"aGVs\\n\\nbG8="')],
];
