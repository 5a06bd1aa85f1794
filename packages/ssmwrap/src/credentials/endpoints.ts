/** Credentials that an endpoint gives. Loaded only when the environment holds no keys. */
export { containerCredentials } from "./container.ts";
export { instanceCredentials } from "./instance.ts";
export { metadataService } from "./metadata.ts";
export { resolvePatiently } from "./resolve.ts";
export { webIdentityCredentials } from "./web-identity.ts";
