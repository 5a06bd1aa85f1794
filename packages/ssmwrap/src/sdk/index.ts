/** What is rarely needed and heavy: the second file of the npm form. */
export { sdkCredentials } from "./credentials.ts";
export { profileRegion } from "./region.ts";
export { fetchSecrets } from "./secrets.ts";
