import type { Option } from "@sukima/core";

const units: Readonly<Record<string, number>> = { "": 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** A number of bytes, as `2MiB`, `512KiB`, `1000000`; at least 1 KiB. */
export const size = (help: string, initial: number, defaultText: string): Option<number> => ({
  takes: "value",
  initial,
  read(value = "") {
    const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([KMG]iB)?$/.exec(value) ?? [];
    const bytes = Number(number || Number.NaN) * (units[unit] ?? Number.NaN);
    if (!(bytes >= 1024)) throw new Error(`expected a size such as ${defaultText}, of at least 1KiB, got ${JSON.stringify(value)}`);
    return bytes;
  },
  help,
  placeholder: "SIZE",
  env: "twin",
  defaultText,
});
