export async function main(argv: readonly string[]): Promise<void> {
  const { main: ssmwrap } = await import("@sukima/ssmwrap");
  return ssmwrap(argv);
}
