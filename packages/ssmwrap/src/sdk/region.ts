import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";

/** The region of a profile of the shared configuration (the default one when undefined), or undefined. */
export async function profileRegion(profile: string | undefined): Promise<string | undefined> {
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, {
      ...NODE_REGION_CONFIG_FILE_OPTIONS,
      ...(profile === undefined ? {} : { profile }),
    })();
  } catch {
    // The SDK throws when nothing names a region; the caller has another place to ask.
    return undefined;
  }
}
