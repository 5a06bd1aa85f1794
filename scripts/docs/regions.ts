const marker = /<!-- generated:([\w-]+) -->\n[\s\S]*?<!-- \/generated -->/g;

/** Write each text between its markers, `<!-- generated:NAME -->` and `<!-- /generated -->`. Throws when a page lacks a pair, or has one that nobody fills. */
export function fillRegions(page: string, regions: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  const filled = page.replace(marker, (_whole, name: string) => {
    const text = regions.get(name);
    if (text === undefined) throw new Error(`nothing is generated for <!-- generated:${name} -->`);
    seen.add(name);
    return `<!-- generated:${name} -->\n\n${text}\n\n<!-- /generated -->`;
  });
  const missing = [...regions.keys()].find((name) => !seen.has(name));
  if (missing !== undefined) throw new Error(`lacks <!-- generated:${missing} --> and <!-- /generated --> on lines of their own`);
  return filled;
}
