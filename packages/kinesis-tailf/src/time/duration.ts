const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Source of a pattern for `90s`, `2h30m`, `1.5h`, `3d`, `1w`. */
export const durationPattern = "(?:\\d+(?:\\.\\d+)?(?:ms|[smhdw]))+";

/** Milliseconds of a text that matches `durationPattern`. */
export function durationMs(text: string): number {
  let total = 0;
  for (const [, amount, unit = ""] of text.matchAll(/([\d.]+)(ms|[smhdw])/gi)) total += Number(amount) * (unitMs[unit.toLowerCase()] ?? 0);
  return Math.round(total);
}
