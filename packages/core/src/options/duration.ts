import type { Option } from "./option.ts";

const unitMs: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration as Go's time.ParseDuration reads it (`1h30m`, `500ms`, `0`), in milliseconds; undefined when it is none or negative. */
export function parseDurationMs(text: string): number | undefined {
  if (text === "0") return 0;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  let total = 0;
  let end = 0;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    total += Number(found[1]) * (unitMs[found[2] ?? ""] ?? Number.NaN);
    end = part.lastIndex;
  }
  return text !== "" && end === text.length ? total : undefined;
}

/** An option that takes a Go duration; its value is milliseconds. */
export const duration = (
  help: string,
  initialMs: number | undefined,
  extra: Partial<Option<number | undefined>> = {},
): Option<number | undefined> => ({
  takes: "value",
  initial: initialMs,
  read(text) {
    const ms = parseDurationMs(text ?? "");
    if (ms === undefined) throw new Error(`expected a duration such as 30s, 500ms or 2m, got ${JSON.stringify(text)}`);
    return ms;
  },
  help,
  placeholder: "D",
  env: "twin",
  ...(initialMs === undefined ? {} : { defaultText: initialMs % 1000 === 0 ? `${initialMs / 1000}s` : `${initialMs}ms` }),
  ...extra,
});
