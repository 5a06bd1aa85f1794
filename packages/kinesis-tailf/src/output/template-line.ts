import { usageError } from "@sukima/core";
import { type Functions, parse, render, type Template, TemplateError } from "@sukima/go-template";
import type { StreamRecord } from "../record.ts";
import { checkFields } from "./template-fields.ts";
import { parsePayload, printJson } from "./template-values.ts";

/** A record as text, or why the template has none for it. */
type TemplateLine = (record: StreamRecord) => { readonly text: string } | { readonly problem: string };

const functions: Functions = {
  json(...values) {
    if (values.length !== 1) throw new Error(`takes one value, got ${values.length}`);
    return printJson(values[0]);
  },
};

/** Decoded and parsed when the template asks, and once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What `.` is: the members of `-o json`, the payload as text, and as JSON (nil when it is none). */
function dataOf(record: StreamRecord): Readonly<Record<string, unknown>> {
  const { log } = record;
  const text = once(() => Buffer.from(record.data.buffer, record.data.byteOffset, record.data.length).toString());
  const json = once(() => parsePayload(text()));
  return {
    stream: record.stream,
    shard: record.shard,
    seq: record.sequence,
    sub: record.sub === null ? null : BigInt(record.sub),
    key: record.key,
    ehk: record.explicitHashKey,
    time: new Date(record.arrivedAtMs).toISOString(),
    get data() {
      return text();
    },
    decoded: record.decoded,
    kpl: record.kpl,
    tags: record.tags,
    log: log && { id: log.id, time: new Date(log.timeMs).toISOString(), group: log.group, stream: log.stream },
    get json() {
      return json();
    },
  };
}

function parseTemplate(source: string): Template {
  try {
    return parse(source, "-template", { functions });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { line, column, detail, call, hint } = error;
    throw usageError("BAD_TEMPLATE", `-template: at ${line}:${column}: ${detail}${call === undefined ? "" : ` in ${call}`}`, hint);
  }
}

/**
 * The form that a template in the language of Go's text/template gives a record; LF is added when it does not end in one.
 * What is missing or null prints as `<no value>`, as in Go. A template can fail for one record only (`{{.json.a.b}}` where `a` is a number):
 * then there is no text at all for it, not even the part before, and the problem says where and why.
 * Throws usage errors, with the place, for what is not the language and for fields that no record has.
 */
export function compileTemplate(source: string | undefined): TemplateLine {
  if (!source) throw usageError("NO_TEMPLATE", "-o template needs -template", "write -template '{{.time}} {{.key}} {{.data}}'");
  const template = parseTemplate(source);
  checkFields(template);
  return (record) => {
    try {
      const text = render(template, { functions, data: dataOf(record) });
      return { text: text.endsWith("\n") ? text : `${text}\n` };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return { problem: `at ${error.line}:${error.column}: ${error.detail}${error.call === undefined ? "" : ` in ${error.call}`}` };
    }
  };
}
