import manifest from "../../package.json" with { type: "json" };

/** Who we are, in user agents and in `-version`. */
export const tool = { name: "kinesis-cat", version: manifest.version };
