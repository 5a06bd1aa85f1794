/** RFC 3339 in whole seconds, the form in which metadata and credentials carry times. */
export const toTimestamp = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, "Z");
