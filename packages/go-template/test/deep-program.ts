import { TemplateError, parse, render } from "../src/index.ts";

const depth = 250;
const nested = Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1n);
const attempts: readonly (() => string)[] = [
  () => render(parse(`{{ ${"(".repeat(depth)}1${")".repeat(depth)} }}`, "t")),
  () => render(parse("{{ if 1 }}".repeat(depth) + "1" + "{{ end }}".repeat(depth), "t")),
  () => render(parse(`{{ ${"(print ".repeat(depth)}1${")".repeat(depth)} }}`, "t")),
  () => render(parse("{{ . }}", "t"), { data: nested }),
  () => render(parse(`{{ ${"(".repeat(100_000)}`, "t")),
];

/** One word for each template: "text", "error" for an error of ours, "host" for any other exception. */
function outcome(attempt: () => string): string {
  try {
    attempt();
    return "text";
  } catch (error) {
    return error instanceof TemplateError ? "error" : "host";
  }
}

process.stdout.write(`${attempts.map(outcome).join(" ")}\n`);
