import type { Metafile } from "esbuild";
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  return String(metafiles.length);
}
