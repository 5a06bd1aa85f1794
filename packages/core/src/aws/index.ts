export type { Credentials } from "./credentials.ts";
export { configuredEndpoint, regionalEndpoint } from "./endpoint.ts";
export { proxyFor } from "./proxy.ts";
export { signV4 } from "./sigv4.ts";
export { caBundle } from "./trust.ts";
