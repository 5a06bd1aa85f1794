/** The one place that knows which runtime the program is on: `#platform` is `bun.ts` in the release form, `node.ts` in the npm form. */
export { default as platform } from "#platform";
export type { ExecRequest, HttpAnswer, HttpRequest, Platform } from "./seam.ts";
