import type { Bounds } from "../../wire/bounds.ts";

/** Types of the service's model that several actions share. */
export const SECRET_ID: Bounds = { min: 1, max: 2048 };
export const CLIENT_REQUEST_TOKEN: Bounds = { min: 32, max: 64 };
export const VERSION_STAGE: Bounds = { min: 1, max: 256 };
export const VALUE: Bounds = { min: 1, max: 65_536, isSensitive: true };
export const NEXT_TOKEN: Bounds = { min: 1, max: 4096 };
