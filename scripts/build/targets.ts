/** An executable, and the module whose `main(argv)` it runs. */
export interface Executable {
  readonly name: string;
  readonly package: string;
  readonly entry: string;
  /** Folder of modules that are rarely needed: in the npm form they go to a second file, since compiling them costs even when they are not used. */
  readonly rare?: string;
  /** The program ends or becomes another within milliseconds: keep the JIT's threads from competing with it. */
  readonly shortLived?: boolean;
}

export const executables: readonly Executable[] = [
  { name: "ssmwrap", package: "ssmwrap", entry: "packages/ssmwrap/src/main.ts", rare: "packages/ssmwrap/src/sdk", shortLived: true },
  { name: "kinesis-tailf", package: "kinesis-tailf", entry: "packages/kinesis-tailf/src/main.ts" },
  { name: "kinesis-cat", package: "kinesis-tailf", entry: "packages/kinesis-tailf/src/cat/main.ts" },
  { name: "sukima", package: "sukima", entry: "packages/sukima/src/main.ts" },
];

/** A command that is no AWS tool: npm form only, one ES module. */
export interface PlainCommand {
  readonly name: string;
  readonly package: string;
  readonly entry: string;
}

export const plainCommands: readonly PlainCommand[] = [
  { name: "rehearsal", package: "rehearsal", entry: "packages/rehearsal/src/main.ts" },
  { name: "jsonnet", package: "jsonnet", entry: "packages/jsonnet/src/main.ts" },
];

/** A package that programs import: one ES module. */
export const libraries = ["jsonnet", "go-template"] as const;

/** A platform of the release form, and the npm package that carries its bare Bun. */
export interface Target {
  readonly name: string;
  readonly bunPackage: string;
  readonly bunTarget: string;
}

export const bunVersion = "1.4.5";

export const targets: readonly Target[] = [
  { name: "linux-x64", bunPackage: "@oven/bun-linux-x64-baseline", bunTarget: "bun-linux-x64-baseline" },
  { name: "linux-arm64", bunPackage: "@oven/bun-linux-aarch64", bunTarget: "bun-linux-arm64" },
  { name: "linux-x64-musl", bunPackage: "@oven/bun-linux-x64-musl-baseline", bunTarget: "bun-linux-x64-musl-baseline" },
  { name: "linux-arm64-musl", bunPackage: "@oven/bun-linux-aarch64-musl", bunTarget: "bun-linux-arm64-musl" },
  { name: "darwin-arm64", bunPackage: "@oven/bun-darwin-aarch64", bunTarget: "bun-darwin-arm64" },
  { name: "darwin-x64", bunPackage: "@oven/bun-darwin-x64-baseline", bunTarget: "bun-darwin-x64-baseline" },
  { name: "windows-x64", bunPackage: "@oven/bun-windows-x64-baseline", bunTarget: "bun-windows-x64-baseline" },
];

/** The target that is this machine. */
export function hostTarget(): Target {
  const musl = process.platform === "linux" && process.report.getReport !== undefined && isMusl() ? "-musl" : "";
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `${platform}-${process.arch}${musl}`;
  const found = targets.find((target) => target.name === name);
  if (found === undefined) throw new Error(`no release form for ${name}; known are ${targets.map((target) => target.name).join(", ")}`);
  return found;
}

function isMusl(): boolean {
  const report: unknown = process.report.getReport();
  const header = typeof report === "object" && report !== null && "header" in report ? report.header : undefined;
  return typeof header === "object" && header !== null && !("glibcVersionRuntime" in header);
}
